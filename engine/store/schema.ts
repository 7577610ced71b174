import type Database from 'libsql';

/** Tables of the job store; each entry brings the store from version N to N + 1 and is never changed once released. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE job (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     owner TEXT NOT NULL,
     calculation_mode TEXT NOT NULL,
     description TEXT NOT NULL,
     status TEXT NOT NULL,
     start_time INTEGER NOT NULL,
     stop_time INTEGER,
     progress REAL NOT NULL DEFAULT 0,
     phase TEXT NOT NULL DEFAULT '',
     parent_id INTEGER REFERENCES job (id),
     size INTEGER,
     inputs TEXT NOT NULL DEFAULT '{}',
     reason TEXT NOT NULL DEFAULT '[]',
     runner_pid INTEGER,
     runner_started TEXT
   );
   CREATE INDEX job_status ON job (status);
   CREATE TABLE log (
     job_id INTEGER NOT NULL REFERENCES job (id),
     number INTEGER NOT NULL,
     time INTEGER NOT NULL,
     level TEXT NOT NULL,
     process TEXT NOT NULL,
     message TEXT NOT NULL,
     PRIMARY KEY (job_id, number)
   ) WITHOUT ROWID;
   CREATE TABLE output (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     job_id INTEGER NOT NULL REFERENCES job (id),
     type TEXT NOT NULL,
     name TEXT NOT NULL,
     formats TEXT NOT NULL,
     UNIQUE (job_id, type)
   );`,
  `CREATE TABLE account (
     name TEXT PRIMARY KEY,
     role TEXT NOT NULL,
     password TEXT NOT NULL,
     disabled INTEGER NOT NULL,
     created INTEGER NOT NULL
   );
   CREATE TABLE token (
     hash TEXT PRIMARY KEY,
     name TEXT NOT NULL REFERENCES account (name),
     label TEXT NOT NULL,
     created INTEGER NOT NULL
   );
   CREATE TABLE session (
     hash TEXT PRIMARY KEY,
     name TEXT NOT NULL REFERENCES account (name),
     expires INTEGER NOT NULL
   );
   CREATE TABLE audit (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     time INTEGER NOT NULL,
     user TEXT NOT NULL,
     address TEXT NOT NULL,
     action TEXT NOT NULL,
     job INTEGER,
     detail TEXT NOT NULL
   );`,
  `ALTER TABLE job ADD COLUMN runner_place TEXT`,
  `ALTER TABLE job ADD COLUMN faults TEXT NOT NULL DEFAULT '[]';`,
  `ALTER TABLE job ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE job ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;`,
  `ALTER TABLE job ADD COLUMN tags TEXT NOT NULL DEFAULT '';`,
];

/** Creates or upgrades the tables. Errors: Error when the store was written by a later version. */
export function migrate(database: Database.Database): void {
  const version = (): number =>
    (database.prepare('PRAGMA user_version').all() as { user_version: number }[])[0].user_version;
  if (version() > MIGRATIONS.length) throw new Error('the job store was written by a later version of Terrane');
  if (version() === MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (let next = version(); next < MIGRATIONS.length; next++) database.exec(MIGRATIONS[next]);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
