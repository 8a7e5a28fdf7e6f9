package main

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestVersionNamesTheBuild(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for want, info := range map[string]debug.BuildInfo{
		"casebook v1.2.0 (unknown revision, ":                 {Main: debug.Module{Version: "v1.2.0"}},
		"casebook devel (revision 0123456789ab, ":             {Main: debug.Module{Version: "(devel)"}, Settings: []debug.BuildSetting{setting("vcs.revision", "0123456789abcdef")}},
		"casebook v1.2.0 (revision 0123456 with changes, go1": {Main: debug.Module{Version: "v1.2.0"}, Settings: []debug.BuildSetting{setting("vcs.revision", "0123456"), setting("vcs.modified", "true")}},
		"casebook devel (unknown revision, ":                  {},
	} {
		if got := describe(&info); !strings.HasPrefix(got, want) {
			t.Errorf("%q does not start with %q", got, want)
		}
	}
}
