package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// A spec is openapi.yaml, and what of it the answers have used.
type spec struct {
	root map[string]any
	used map[string]bool // properties and words of enumerations that an answer had
}

func readSpec(t *testing.T, s *site) spec {
	t.Helper()
	_, body := s.do(http.MethodGet, "/openapi.yaml", "")
	var root map[string]any
	if err := yaml.Unmarshal([]byte(body), &root); err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	return spec{root, map[string]bool{}}
}

// at follows keys, and references on the way.
func (s spec) at(v any, keys ...string) map[string]any {
	m, _ := v.(map[string]any)
	if ref, ok := m["$ref"].(string); ok {
		m = s.at(s.root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
	}
	if len(keys) == 0 || m == nil {
		return m
	}
	return s.at(m[keys[0]], keys[1:]...)
}

// check says how a decoded JSON value breaks a schema. It knows the words that openapi.yaml uses and refuses others.
func (s spec) check(path string, schema map[string]any, v any) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, path+": "+fmt.Sprintf(format, args...)) }
	for word := range schema {
		if !slices.Contains([]string{"type", "description", "properties", "required", "additionalProperties", "items", "enum", "nullable", "minimum", "maximum", "maxItems", "pattern"}, word) {
			fault("the test does not know %q", word)
		}
	}
	if v == nil {
		if schema["nullable"] != true {
			fault("null")
		}
		return faults
	}
	switch kind := schema["type"]; kind {
	case "object":
		m, ok := v.(map[string]any)
		if !ok {
			fault("%v is no object", v)
			return faults
		}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := m[name.(string)]; !ok {
				fault("%q is missing", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(m)) {
			property := s.at(schema, "properties", name)
			if property == nil {
				fault("%q is not described", name)
				continue
			}
			s.used[path+"."+name] = true
			faults = append(faults, s.check(path+"."+name, property, m[name])...)
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			fault("%v is no list", v)
		}
		if most, ok := number(schema["maxItems"]); ok && float64(len(list)) > most {
			fault("%d items, want at most %v", len(list), most)
		}
		for _, item := range list {
			faults = append(faults, s.check(path+"[]", s.at(schema, "items"), item)...)
		}
	case "number", "integer":
		n, ok := v.(float64)
		low, bounded := number(schema["minimum"])
		high, _ := number(schema["maximum"])
		if !ok || kind == "integer" && n != math.Trunc(n) || bounded && (n < low || n > high) {
			fault("%v is no %s in bounds", v, kind)
		}
	case "string":
		text, ok := v.(string)
		if !ok {
			fault("%v is no string", v)
		}
		if words, ok := schema["enum"].([]any); ok && !slices.Contains(words, any(text)) {
			fault("%q is none of %q", text, words)
		}
		if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(text) {
			fault("%q does not match %s", text, pattern)
		}
		s.used[path+"="+text] = true
	default:
		fault("type %v", kind)
	}
	return faults
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// TestOpenAPI holds the description against what the handler really answers: every route, every status, every field.
func TestOpenAPI(t *testing.T) {
	s := newSite(t, Config{})
	described := readSpec(t, s)
	covered := map[string]bool{}
	call := func(method, path, body string, want int) {
		t.Helper()
		kind := "application/json"
		if want == http.StatusUnsupportedMediaType {
			kind = "text/plain"
		}
		resp, data := s.do(method, path, body, "Content-Type", kind)
		if resp.StatusCode != want {
			t.Fatalf("%s %s %.80s = %d %.200s, want %d", method, path, body, resp.StatusCode, data, want)
		}
		route, _, _ := strings.Cut(path, "?")
		status := fmt.Sprint(resp.StatusCode)
		schema := described.at(described.root, "paths", route, strings.ToLower(method), "responses", status, "content", "application/json", "schema")
		if schema == nil {
			t.Fatalf("%s %s = %s is not described", method, route, status)
		}
		covered[method+" "+route+" "+status] = true
		var v any
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Fatal(err)
		}
		for _, fault := range described.check(route, schema, v) {
			t.Errorf("%s %s %.80s: %s", method, path, body, fault)
		}
		if method == http.MethodPost && resp.StatusCode == http.StatusOK {
			var in any
			if err := json.Unmarshal([]byte(body), &in); err != nil {
				t.Fatal(err)
			}
			request := described.at(described.root, "paths", route, "post", "requestBody", "content", "application/json", "schema")
			for _, fault := range described.check(route+" in", request, in) {
				t.Errorf("%s %s %s was answered: %s", method, path, body, fault)
			}
		}
	}
	const talk = `"conversation":"abcdefghijklmnop","lang":"en"`
	for _, q := range []string{"What are the side effects?", "how much is it?", "do you sell bicycles", "i want to kill myself", "hello", "a person please"} {
		call("POST", "/v1/ask", fmt.Sprintf(`{"question":%q,%s}`, q, talk), 200)
	}
	for _, word := range []string{"answered", "unsure", "unanswered", "handoff", "smalltalk", "crisis"} {
		if !described.used["/v1/ask.outcome="+word] {
			t.Errorf("no answer had the outcome %q", word)
		}
	}
	call("POST", "/v1/press", `{"press":"1t",`+talk+`}`, 200)
	call("GET", "/v1/topics?lang=es", "", 200)
	call("GET", "/v1/suggest?q=side&lang=en", "", 200)
	for _, route := range []string{"/v1/ask", "/v1/press"} {
		call("POST", route, `{"conversation":"1"}`, 400)
		call("POST", route, `{`, 400)
		call("POST", route, `{}`, 415)
		call("POST", route, `{"question":"`+strings.Repeat("x", maxBody)+`"}`, 413)
	}
	for s.limits(t) {
	}
	call("POST", "/v1/ask", `{"question":"x"}`, 429)
	call("POST", "/v1/press", `{"press":"1t"}`, 429)
	call("GET", "/v1/topics", "", 429)
	for status := 200; status != 429; {
		resp, _ := s.do("GET", "/v1/suggest?q=side", "")
		status = resp.StatusCode
	}
	call("GET", "/v1/suggest?q=side", "", 429)

	for route := range described.at(described.root, "paths") {
		for method, operation := range described.at(described.root, "paths", route) {
			for status := range described.at(operation, "responses") {
				if at := strings.ToUpper(method) + " " + route + " " + status; !covered[at] && status != "403" { // 403 needs a rule of staff
					t.Errorf("%s is described, and no request got it", at)
				}
			}
		}
	}
	for name := range described.at(described.root, "components", "schemas", "Answer", "properties") {
		if !described.used["/v1/ask."+name] {
			t.Errorf("%q is described, and no answer had it", name)
		}
	}
}

// limits uses some of what the test's address may; false once that is all.
func (s *site) limits(t *testing.T) bool {
	t.Helper()
	status, _ := s.post("/v1/press", map[string]string{"press": "1t"})
	return status == http.StatusOK
}
