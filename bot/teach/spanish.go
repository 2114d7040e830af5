package teach

import "frontdesk/bot/journal"

var spanish = words{
	Lang: "es",

	NoJournal: "No se lleva ningún diario, así que no sé qué quedó sin respuesta. Con FRONTDESK_DATA se lleva uno.",
	NoMisses:  "No hay nada pendiente: de los últimos 30 días, todas las preguntas que puedo mostrar tienen respuesta.",
	Failed:    "Algo ha fallado por mi parte. Inténtalo de nuevo; el registro dice más.",
	Hidden:    "Además, sin respuesta y solo contadas: {n}. Muestro las palabras de una pregunta cuando {people} personas han preguntado algo parecido.",
	Digest:    "**Preguntas sin respuesta** (nuevas: {n})",
	Miss:      "**«{question}»**\n\nPreguntada {times} veces, por {people} personas al menos, la última el {date}. {why}",
	Alike:     "También: {list}",
	WhichOne:  "¿Qué sección la responde?", WhichOneOrNew: "Escribe una respuesta o di que el mostrador no está para eso.",
	Reasons: map[journal.Reason]string{
		journal.NoMatch: "Ninguna sección la responde.", journal.NobodyChose: "Ofrecí secciones y nadie eligió ninguna.",
		journal.ThumbsDown: "La respuesta no sirvió.", journal.Expired: "Una sección la habría respondido, pero ha caducado.",
	},
	Taught: "**«{question}»**", Expired: "{title} (caducada)",
	NewAnswer: "Respuesta nueva", OutOfScope: "No es asunto nuestro", Next: "Siguiente", GoThrough: "Repasar las {n}",

	FormTitle: "Una respuesta nueva", FormLabel: "La respuesta, en Markdown",
	Write: "Responde a este mensaje con la respuesta a «{question}». Se publica tal como la escribas, también con Markdown. " +
		"Una primera línea como `# Cómo llegar` le pone otro título.",
	MoreAnswers: "Más respuestas", AnswersFile: "respuestas.md",
	ReasonTitle: "Publicar de todos modos", ReasonLabel: "¿Por qué?", AllTheSame: "Publicar de todos modos",
	WriteReason: "Responde a este mensaje con el motivo. Se guarda con la versión.",
	TeachHow:    "Escribe la pregunta detrás de la orden: `/teach puedo llevar a mi perro`",
	Gone:        "Ya no sé de qué pregunta se trataba. /misses muestra lo pendiente; `/teach PREGUNTA` empieza de nuevo.",
	DraftGone:   "Ya no tengo este cambio y no se ha publicado nada. Vuelve a hacerlo, por favor.",
	SectionGone: "Esa sección ya no está en los archivos. /misses muestra la pregunta con lo que ahora se le parece.",
	ReadOnly:    "Desde aquí no se puede cambiar nada: este mostrador no usa una carpeta de archivos en la que yo pueda escribir.",
	NotNow:      "Ahora mismo no se ha podido comprobar el cambio, así que no se ha cambiado nada. Inténtalo de nuevo.",
	Conflict:    "Otra persona acaba de cambiar las mismas líneas, así que no se ha cambiado nada. Míralo en la consola, por favor.",
	Refused:     "No se ha cambiado nada: {why}",
	FilesBroken: "No se ha cambiado nada, porque los archivos tienen errores ({n}) que impiden publicar cualquier novedad:",

	ThereAlready: "Ya lo dice.",
	Live:         "**Publicado.** ", Held: "**Retenido.** No se ha cambiado nada, porque se perdería una respuesta con la que contáis:",
	HeldBySomething: "**Guardado, pero aún sin publicar:** hay otra cosa retenida en los archivos.",
	NotYet:          "**Guardado.** Aún no está publicado: se publica solo, si nada lo retiene. Os avisamos en las salas del equipo.",
	PhrasingFor:     "«{question}» es otra forma de preguntar por «{section}».",
	AnswerTo:        "«{question}» tiene respuesta, en {file}.",
	NotInScope:      "«{question}» no es asunto nuestro: una versión que la responda quedará retenida.",
	NowAnswers:      "Ahora la respondo con «{section}» (seguridad: {sure}).",
	NowAsks:         "Sigo sin tener claro qué pide «{question}» y ofrezco opciones.",
	NowSilent:       "Sigo sin tener respuesta a «{question}».",
	Changes:         "Respuestas a otras preguntas que cambian: {changed} (perdidas: {lost}, nuevas: {gained}).",
	NoChanges:       "No cambia ninguna otra respuesta.",
	Broken:          "- «{question}» debería recibir {want} y recibe {got}",
	Change:          "- «{question}»: {old} → {new}",
	Unasked:         "- sin preguntar por falta de tiempo: {n}",
	More:            "- y {n} más",
	NoAnswer:        "ninguna respuesta", Choices: "opciones", Handoff: "una persona", Silence: "silencio", Quoted: "«{text}»",

	NowLive: "**Hay novedades publicadas**{by}: {files}.", By: " de {who}",
	NotLive:      "**El último cambio no está publicado**: los archivos tienen errores ({n}). Sigue respondiendo lo anterior.",
	HeldBack:     "**El último cambio está retenido.** Sigue respondiendo lo anterior.",
	AnswersAgain: "**Vuelve a responder la versión {version}**{by}.",
	Pinned:       "No se han podido restaurar los archivos, así que vale hasta que cambien.",

	Reviews: "**Toca revisar**: {n}", Due: "- {title} ({at}), desde el {date}",

	WhyHow:   "Responde con /why a una de mis respuestas o a una pregunta, o escribe la pregunta detrás: `/why cuánto cuesta`",
	OnlyKept: "De lo último que mostré aquí con «{section}», el diario no guarda palabras, pero sí esto: {date}, con un {sure} de seguridad. Lo más cercano: {nearest}.",
	NotKept:  "Ya no sé de qué pregunta era esa respuesta: recuerdo las preguntas un cuarto de hora, hasta que me reinician, y solo donde el diario guarda palabras. Responde a la pregunta misma o escríbela: `/why cuánto cuesta`",
	Why:      "**Por qué: «{question}»**",
	Decision: "Decisión: {outcome}. Respondo desde {sure} con una ventaja de {margin} y ofrezco opciones desde {maybe}.",
	ReadAs:   "Leído como ({lang}): {words}", Spelling: "ortografía: {from} → {to}",
	Found: "{n}. **{title}**, {sure} ({at})", Match: "{word} por «{by}» en {where}",
	NothingFound: "Ninguna sección tiene que ver con ello.",
	Danger:       "La comprobación de seguridad ve peligro: {why}", Safe: "La comprobación de seguridad no ve peligro: {why}",
	Where: map[string]string{"title": "el título", "context": "el contexto", "body": "el texto"},
	Outcomes: map[string]string{
		"answered": "respondida", "unsure": "opciones", "unanswered": "sin respuesta", "handoff": "se remite a una persona",
		"smalltalk": "charla", "crisis": "teléfonos de ayuda, porque habla de un peligro", "limited": "aquí no se responde",
	},
	NoConsole: "Este mostrador no tiene página para el equipo.",
	Link:      "Tu enlace a la página del equipo. Sirve una vez, durante diez minutos, y es solo para ti:\n\n{link}",
	Sent:      "Te lo he enviado en privado.", NotSent: "No he podido escribirte en privado. Escríbeme allí primero e inténtalo de nuevo.",

	YouAsked: "El {date} preguntaste «{question}». Ahora hay una respuesta:",
}
