package markdown

import "testing"

func TestQuotes(t *testing.T) {
	tests := []struct{ src, want string }{
		{`the 'emergency plan' was`, `the ‘emergency plan’ was`},
		{`a 'teaching hospital'`, `a ‘teaching hospital’`},
		{`the 'national', 'local' and 'long' plans`, `the ‘national’, ‘local’ and ‘long’ plans`},
		{`He said, 'the "plan" works.'`, `He said, ‘the “plan” works.’`},
		{`("Don't", she said.)`, `(“Don’t”, she said.)`},
		{`the nurses' rota and the boys' 'own' plan`, `the nurses’ rota and the boys’ ‘own’ plan`},
		{`'twas the '90s, rock 'n' roll, go get 'em`, `’twas the ’90s, rock ’n’ roll, go get ’em`},
		{`'A quotation that goes on`, `‘A quotation that goes on`},
		{`5' 10" tall, 6" wide`, `5' 10" tall, 6" wide`},
		{`*'a'* **"b"** '*c*'`, `‘a’ “b” ‘c’`},
		{"'`it's` code'", "‘it's code’"},
		{`'a\' b'`, `‘a' b’`},
		{`l'hôpital 'd'Ivoire'`, `l’hôpital ‘d’Ivoire’`},
		{"'one\ntwo'", "‘one two’"},
		{`" ' `, `" '`},
		{"**\"(Yes)\"** `a`\">", "“(Yes)” a\">"},
	}
	for _, tt := range tests {
		if doc, _ := Parse([]byte(tt.src)); doc.Text != tt.want {
			t.Errorf("%s: got %s, want %s", tt.src, doc.Text, tt.want)
		}
	}
}
