package outside

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"testing"
)

func TestFailure(t *testing.T) {
	for want, err := range map[string]error{
		failedName:           &url.Error{Op: "Head", URL: "https://nowhere.example/", Err: &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}},
		failedPrivate:        fmt.Errorf("dial: %w", errPrivate),
		"it takes too long":  &url.Error{Err: &net.DNSError{IsTimeout: true}},
		"connection refused": &url.Error{Op: "Head", Err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}},
	} {
		if got := failure(err); got != want {
			t.Errorf("%v: got %q, want %q", err, got, want)
		}
	}
	a := answer{Failure: failedName}
	if p, wrong := a.problem(Link{Address: "https://nowhere.example/x"}); !wrong || p.Code != "outside-gone" || p.Message != "there is no site nowhere.example" {
		t.Errorf("got %+v", p)
	}
}
