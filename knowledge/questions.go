package knowledge

import "strings"

// QuestionsFile holds staff's golden questions: rows of a question, the ids of the sections that answer it, and perhaps the
// question's language. It is no article.
const QuestionsFile = "questions.tsv"

// QuestionCell returns what a cell of QuestionsFile says, without the quotes that spreadsheets put around some.
func QuestionCell(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = strings.TrimSpace(strings.ReplaceAll(s[1:len(s)-1], `""`, `"`))
	}
	return s
}
