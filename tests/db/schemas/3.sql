PRAGMA application_id = 1128811342;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE day_wish (
	person_id TEXT NOT NULL,
	wish TEXT NOT NULL,
	other TEXT NOT NULL,
	table_number INTEGER,
	wanted BOOLEAN NOT NULL,
	PRIMARY KEY (person_id, wish, other)
)
 WITHOUT ROWID

;
CREATE TABLE host (
	table_number INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (table_number)
);
CREATE TABLE incarnation (
	incarnation TEXT NOT NULL,
	desk TEXT NOT NULL,
	device TEXT NOT NULL,
	inode TEXT NOT NULL,
	PRIMARY KEY (incarnation)
);
CREATE TABLE journal (
	position INTEGER NOT NULL,
	id TEXT NOT NULL,
	desk TEXT NOT NULL,
	incarnation TEXT NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT,
	refers_to TEXT,
	at TEXT NOT NULL,
	operator TEXT DEFAULT '' NOT NULL,
	payload TEXT NOT NULL,
	prev_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (position),
	UNIQUE (desk, incarnation, seq),
	UNIQUE (id)
);
CREATE TABLE need (
	person_id TEXT NOT NULL,
	step_free BOOLEAN DEFAULT '0' NOT NULL,
	diet TEXT DEFAULT '' NOT NULL,
	access TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (person_id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE nonce (
	nonce TEXT NOT NULL,
	entry_id TEXT NOT NULL,
	PRIMARY KEY (nonce)
)
 WITHOUT ROWID

;
CREATE TABLE note (
	person_id TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (person_id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE old_code (
	code TEXT NOT NULL,
	person_id TEXT NOT NULL,
	replaced_at TEXT NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE person (
	id TEXT NOT NULL,
	code TEXT NOT NULL,
	given_name TEXT NOT NULL,
	family_name TEXT NOT NULL,
	badge_name TEXT DEFAULT '' NOT NULL,
	email TEXT DEFAULT '' NOT NULL,
	organisation TEXT DEFAULT '' NOT NULL,
	level TEXT DEFAULT 'other' NOT NULL,
	level_guessed BOOLEAN DEFAULT '0' NOT NULL,
	territory TEXT DEFAULT '' NOT NULL,
	territory_guessed BOOLEAN DEFAULT '0' NOT NULL,
	country TEXT DEFAULT '' NOT NULL,
	languages TEXT DEFAULT 'en' NOT NULL,
	role TEXT DEFAULT '' NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	host BOOLEAN DEFAULT '0' NOT NULL,
	photo BOOLEAN,
	listed BOOLEAN,
	name_guessed BOOLEAN DEFAULT '0' NOT NULL,
	external_id TEXT DEFAULT '' NOT NULL,
	registered_at TEXT DEFAULT '' NOT NULL,
	status TEXT DEFAULT 'expected' NOT NULL,
	source TEXT DEFAULT 'list' NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (code)
);
CREATE TABLE presence (
	person_id TEXT NOT NULL,
	state TEXT NOT NULL,
	first_at TEXT,
	first_desk TEXT,
	first_entry TEXT,
	last_kind TEXT,
	last_at TEXT,
	last_desk TEXT,
	last_entry TEXT,
	replaced_by TEXT,
	replaced_at TEXT,
	prints INTEGER DEFAULT '0' NOT NULL,
	printed_at TEXT,
	flags TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (person_id)
)
 WITHOUT ROWID

;
CREATE TABLE seat (
	round INTEGER NOT NULL,
	person_id TEXT NOT NULL,
	table_number INTEGER,
	planned INTEGER,
	told INTEGER,
	PRIMARY KEY (round, person_id)
)
 WITHOUT ROWID

;
CREATE TABLE seating_round (
	round INTEGER NOT NULL,
	kind TEXT NOT NULL,
	accepted BOOLEAN NOT NULL,
	PRIMARY KEY (round)
);
CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
)
 WITHOUT ROWID

;
CREATE TABLE supervision (
	entry_id TEXT NOT NULL,
	who TEXT NOT NULL,
	why TEXT NOT NULL,
	PRIMARY KEY (entry_id)
);
CREATE TABLE table_state (
	number INTEGER NOT NULL,
	open BOOLEAN NOT NULL,
	host_entry TEXT,
	name_entry TEXT,
	PRIMARY KEY (number)
);
CREATE TABLE touched (
	person_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (person_id, position)
)
 WITHOUT ROWID

;
CREATE TABLE wish (
	person_id TEXT NOT NULL,
	pin INTEGER,
	together TEXT DEFAULT '' NOT NULL,
	apart TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (person_id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE word (
	entry_id TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (entry_id)
);
CREATE INDEX journal_refers_to ON journal (refers_to) WHERE refers_to IS NOT NULL;
CREATE INDEX journal_subject ON journal (subject, position);
CREATE INDEX person_email ON person (email);
CREATE INDEX person_organisation ON person (organisation);
CREATE INDEX person_status ON person (status);
CREATE INDEX presence_flags ON presence (flags) WHERE flags != '';
CREATE INDEX presence_state ON presence (state, first_at);
CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
COMMIT;
