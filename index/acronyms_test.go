package index

import (
	"reflect"
	"testing"

	"frontdesk/knowledge"
)

func TestShortForms(t *testing.T) {
	tests := []struct {
		text string
		want [][]string
	}{
		{"We offer Ketamine-Assisted Psychotherapy (KAP) here.", [][]string{{"KAP", "Ketamine Assisted Psychotherapy"}}},
		{"Ask for Proof of Address (PoA) first.", [][]string{{"PoA", "Proof of Address"}}},
		{"The Department of Motor Vehicles (DMV) knows.", [][]string{{"DMV", "Department of Motor Vehicles"}}},
		{"after post-traumatic stress disorder (PTSD)", [][]string{{"PTSD", "post traumatic stress disorder"}}},
		{"A note (see below) on Proof of Address ( PoA ).", [][]string{{"PoA", "Proof of Address"}}},
		{"Bring your card (Visa) and a friend (Monday)", nil},
		{"Call us (NOW)", nil},
		{"(KAP)", nil},
	}
	for _, test := range tests {
		if got := shortForms(&knowledge.Section{Body: test.text}); !reflect.DeepEqual(got, test.want) {
			t.Errorf("shortForms(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
