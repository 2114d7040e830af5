package index

// A clue is one thing that speaks for or against a candidate. Shares run from 0 to 1.
type clue int

// The clues of a candidate.
const (
	titleExact       clue = iota // share of the question's weight in the heading, by the same words
	titleSynonym                 // ... by words of the same concept at least
	titleRelated                 // ... by anything related
	titleAsked                   // share of the heading's weight that the question speaks of
	contextShare                 // share in the article's title and the headings above
	windowExact                  // the three sentences that cover most
	windowSynonym                //
	windowRelated                //
	bodyExact                    // the whole text
	bodySynonym                  //
	bodyRelated                  //
	allExact                     // heading, context and text together
	allSynonym                   //
	allRelated                   //
	leadSynonym                  // the text's first two sentences
	missing                      // weight of the heaviest unit left uncovered
	density                      // BM25 of the text over the most that the question could reach
	densityLead                  // ... over the best candidate's
	wordsNearest                 // cosine with the nearest phrasing, by words
	wordsThree                   // ... with the nearest three, weighted 1, 1/2, 1/4
	charsNearest                 // the same by characters
	charsThree                   //
	wordsLead                    // wordsThree over the best candidate's
	charsLead                    // charsThree over the best candidate's
	classChance                  // the classifier's probability
	hasPhrasings                 // whether the section has phrasings of its own
	wordsPhrased                 // wordsThree where it has
	charsPhrased                 // charsThree where it has
	classPhrased                 // log of the classifier's probability where it has
	edge                         // an introduction or a conclusion
	contact                      // a call to get in touch
	rank                         // bleve's rank: 1, 1/2, 1/3, ...
	titleLong                    // weight of the heading, up to what a whole question has
	titleBoth                    // harmonic mean of titleSynonym and titleAsked
	sentenceExact                // the one sentence that covers most
	sentenceSynonym              //
	topTitle                     // how well the heaviest unit is covered in the heading
	topBody                      // ... in the text
	pairs                        // share of neighbouring units that one sentence, or the heading, has together
	titleSubject                 // how much the heading, or a phrasing, is about the same archetype
	bodySubject                  // ... the text
	bodySubjectLead              // bodySubject over the best candidate's
	titleSubjectLead             //
	bodyLong                     // log of the text's sentences: a table's one-line answers tell little
	phrasedLong                  // log of the section's phrasings
	same                         // a heading or a phrasing is the question nearly word for word, or is so without its topic
	stranger                     // titleAsked times the heaviest unit that no section has: about something else
	sameKind                     // 1 when the heading or a phrasing is after the same (who, when), -1 when all are after something else
	titleReal                    // titleExact where there is a real text below: there a heading says what the text is about
	titleLead                    // titleBoth over the best candidate's
	askedExact                   // share of the question's weight in the heading and the section's phrasings together
	askedSynonym                 //
	topAsked                     // how well they cover the heaviest unit
	missingAsked                 // weight of the heaviest unit that neither they nor the text cover
	titleFine                    // how much heading or phrasings are about the same fine archetype
	bodyFine                     // ... the text
	titleFineLead                // titleFine over the best candidate's
	bodyFineLead                 //
	foundLead                    // bleve's score over the best candidate's
	titleLocal                   // share of the question in the heading, each unit by how few sections have it
	titleLocalLead               // titleLocal over the best candidate's
	allLocal                     // the same of heading, context and text together
	allLocalLead                 //
	titleVector                  // cosine of the word vectors of the question and the nearest heading or phrasing
	bodyVector                   // ... and the nearest passage
	titleVectorLead              // titleVector over the best candidate's
	bodyVectorLead               //
	bothVector                   // mean of titleVector and bodyVector
	bothVectorLead               //
	centreVector                 // cosine with the mean of heading and phrasings
	centreVectorLead             //
	wholeVector                  // cosine with the mean of all
	wholeVectorLead              //
	classLead                    // the classifier's probability over the likeliest's
	clues                        // how many there are
)

// clueNames are the names of clues in weights.json and in explanations.
var clueNames = [clues]string{
	titleExact: "title exact", titleSynonym: "title synonym", titleRelated: "title related",
	titleAsked: "title asked", contextShare: "context", windowExact: "window exact", windowSynonym: "window synonym",
	windowRelated: "window related", bodyExact: "body exact", bodySynonym: "body synonym",
	bodyRelated: "body related", allExact: "all exact", allSynonym: "all synonym", allRelated: "all related",
	leadSynonym: "lead synonym", missing: "missing", density: "density", densityLead: "density lead",
	wordsNearest: "words nearest", wordsThree: "words three", charsNearest: "chars nearest",
	charsThree: "chars three", wordsLead: "words lead", charsLead: "chars lead", classChance: "class",
	hasPhrasings: "phrased", wordsPhrased: "words phrased", charsPhrased: "chars phrased",
	classPhrased: "class phrased", edge: "edge", contact: "contact", rank: "rank", titleLong: "title long",
	titleBoth: "title both", sentenceExact: "sentence exact", sentenceSynonym: "sentence synonym",
	topTitle: "top title", topBody: "top body", pairs: "pairs", titleSubject: "title subject",
	bodySubject: "body subject", bodySubjectLead: "body subject lead", titleSubjectLead: "title subject lead",
	bodyLong: "body long", phrasedLong: "phrased long", same: "same", stranger: "stranger", sameKind: "same kind",
	titleReal: "title real", titleLead: "title lead", askedExact: "asked exact", askedSynonym: "asked synonym",
	topAsked: "top asked", missingAsked: "missing asked", titleFine: "title fine", bodyFine: "body fine",
	titleFineLead: "title fine lead", bodyFineLead: "body fine lead", foundLead: "found", titleLocal: "title local",
	titleLocalLead: "title local lead", allLocal: "all local", allLocalLead: "all local lead",
	titleVector: "title vector", bodyVector: "body vector", titleVectorLead: "title vector lead",
	bodyVectorLead: "body vector lead", bothVector: "both vector", bothVectorLead: "both vector lead",
	centreVector: "centre vector", centreVectorLead: "centre vector lead", wholeVector: "whole vector",
	wholeVectorLead: "whole vector lead", classLead: "class lead",
}

// A vector holds a candidate's clues.
type vector [clues]float32
