package main

import (
	"os"
	"strings"
	"testing"
)

func TestSecret(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"console.token": "from-the-file\n", "empty": " \n", "large": strings.Repeat("x", maxSecret+1)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ value, want, fault string }{
		{"12:abc", "12:abc", ""},
		{"", "", ""},
		{strings.Repeat("x", 5000), strings.Repeat("x", 5000), ""},
		{"console.token", "from-the-file", ""},
		{"./console.token", "from-the-file", ""},
		{"console.tokn", "console.tokn", ""},
		{"./console.tokn", "", "no file at this path"},
		{"folder", "folder", ""},
		{"./folder", "", "does not lead to a file"},
		{"large", "", "does not lead to a file"},
		{"empty", "", `the file "empty" is empty`},
		{"./empty", "", `the file "./empty" is empty`},
	} {
		got, err := secret(test.value)
		if got != test.want || (err != nil) != (test.fault != "") || err != nil && !strings.Contains(err.Error(), test.fault) {
			t.Errorf("secret(%.20q) = %q, %v, want %q, %q", test.value, got, err, test.want, test.fault)
		}
	}
}
