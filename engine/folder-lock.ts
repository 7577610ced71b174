import Database from 'libsql';

/**
 * A lock that one process holds, whatever the order in which two start, and that ends with its process, however it ends: the
 * exclusive lock of a small SQLite file. It holds between containers that share the folder too, where process numbers say nothing.
 */
export class FolderLock {
  private constructor(private readonly database: Database.Database) {}

  /** The lock, or undefined when another process holds it. Errors: those of the disk. */
  static acquire(file: string): FolderLock | undefined {
    const database = new Database(file, { timeout: 0 });
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      return new FolderLock(database);
    } catch (error) {
      database.close();
      if (/locked|busy/i.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  release(): void {
    this.database.exec('ROLLBACK');
    this.database.close();
  }
}
