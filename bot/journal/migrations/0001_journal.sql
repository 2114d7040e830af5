-- The journal's tables, in SQL that SQLite and PostgreSQL both read. Times are Unix milliseconds, days are UTC dates
-- such as 2026-03-01, flags are 0 or 1, and an empty text stands for none.

-- One row a message or button, but for those that spoke of danger.
CREATE TABLE journal_exchanges (
	id         BIGINT PRIMARY KEY,           -- random: a batch that is written twice is kept once
	at         BIGINT NOT NULL,
	day        TEXT NOT NULL,
	person     TEXT NOT NULL,                -- HMAC-SHA256 of the person's id under the day's salt, 16 bytes as hex
	repeated   SMALLINT NOT NULL,            -- the same person asked something alike on an earlier day
	platform   TEXT NOT NULL,
	room       TEXT NOT NULL,                -- "platform:private" for private ones, whose ids would name people
	verb       TEXT NOT NULL,                -- of the button; empty when somebody wrote
	outcome    TEXT NOT NULL,
	section    TEXT NOT NULL,                -- the section shown
	expired    TEXT NOT NULL,                -- the section that would have answered, had it not expired
	confidence DOUBLE PRECISION NOT NULL,    -- 0 to 1
	lang       TEXT NOT NULL,
	took       BIGINT NOT NULL,              -- microseconds
	kept       TEXT NOT NULL,                -- the privacy setting that the row was written under, and the key of desk.yaml's rooms, if that said so
	asks       SMALLINT NOT NULL,            -- it asks something of the knowledge: no button, choice or small talk
	question   TEXT NOT NULL,                -- scrubbed under clustered, as written under full, empty under counts
	nearest    TEXT NOT NULL,                -- up to three section ids, best first, a line each
	chosen     TEXT NOT NULL DEFAULT '',     -- the section that the person picked after an unsure reply
	reworded   TEXT NOT NULL DEFAULT '',     -- the section that a rewording found and the person called helpful
	feedback   SMALLINT NOT NULL DEFAULT 0   -- 1 helpful, -1 not
);
CREATE INDEX journal_exchanges_at ON journal_exchanges (at);
CREATE INDEX journal_exchanges_person ON journal_exchanges (person);
CREATE INDEX journal_exchanges_room ON journal_exchanges (room, at);

-- One row a message that spoke of danger: nothing but that there was one.
CREATE TABLE journal_crises (
	id  BIGINT PRIMARY KEY,
	day TEXT NOT NULL
);

-- The salts of the days of which rows are kept.
CREATE TABLE journal_salts (
	day  TEXT PRIMARY KEY,
	salt TEXT NOT NULL                       -- 32 random bytes as hex
);

-- What staff settled.
CREATE TABLE journal_decisions (
	kind    TEXT NOT NULL,                   -- 'phrasing' or 'miss'
	section TEXT NOT NULL,                   -- of the phrasing; empty for a miss
	likeness TEXT NOT NULL,                  -- SHA-256 of the question without case, accents and punctuation, as hex
	verdict TEXT NOT NULL,
	staff   TEXT NOT NULL,                   -- who settled it
	at      BIGINT NOT NULL,
	PRIMARY KEY (kind, section, likeness)
);
