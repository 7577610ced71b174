/**
 * Users, API tokens, sessions and the audit log, in the store of the data folder. Tokens and session keys are random and stored as
 * SHA-256 only: who reads the store cannot use them.
 */
import { createHash, randomBytes } from 'node:crypto';
import { EngineError } from '../errors.js';
import { openDatabase, type StoreDatabase, type StoreRow } from '../store/database.js';
import { hashPassword, matchesPassword, SHORTEST_PASSWORD } from './password.js';

/** user: the own and shared jobs; operator: those of everybody. */
export const ROLES = ['user', 'operator'] as const;
/** What an account may do: operators get at every job, users at their own and at shared ones. */
export type Role = (typeof ROLES)[number];

/** Who makes a request. */
export interface Identity {
  readonly name: string;
  readonly role: Role;
}

/** An account as listings show it; never its password. */
export interface Account extends Identity {
  readonly disabled: boolean;
  /** milliseconds since 1970 */
  readonly created: number;
}

/** A line of the audit log. */
export interface AuditRow {
  readonly time: number;
  readonly user: string;
  readonly address: string;
  readonly action: string;
  readonly job: number | undefined;
  readonly detail: string;
}

const SESSION_HOURS = 12;
const USER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Accounts, tokens, sessions and the audit log of one data folder. */
export class AccountStore {
  private readonly database: StoreDatabase;
  private closed = false;

  constructor(file: string) {
    this.database = openDatabase(file);
  }

  close(): void {
    this.closed = true;
    this.database.close();
  }

  /** Errors: EngineError ACCOUNT for a name that is taken or no name, or a password that is too short. */
  async addUser(name: string, password: string, role: Role): Promise<void> {
    if (!USER_NAME.test(name))
      throw new EngineError('ACCOUNT', `'${name}' is no user name: letters, digits, '.', '_' and '-', at most 64`);
    checkPassword(password);
    if (this.find(name)) throw new EngineError('ACCOUNT', `there is a user '${name}' already`);
    const hash = await hashPassword(password);
    this.database.run(
      'INSERT INTO account (name, role, password, disabled, created) VALUES (?, ?, ?, 0, ?)',
      name,
      role,
      hash,
      Date.now(),
    );
  }

  /** Ends all sessions of the user. Errors: EngineError ACCOUNT. */
  async setPassword(name: string, password: string): Promise<void> {
    this.known(name);
    checkPassword(password);
    this.database.run('UPDATE account SET password = ? WHERE name = ?', await hashPassword(password), name);
    this.database.run('DELETE FROM session WHERE name = ?', name);
  }

  /** A disabled user has neither sessions nor tokens. Errors: EngineError ACCOUNT. */
  setDisabled(name: string, disabled: boolean): void {
    this.known(name);
    this.database.run('UPDATE account SET disabled = ? WHERE name = ?', disabled ? 1 : 0, name);
    if (!disabled) return;
    this.database.run('DELETE FROM session WHERE name = ?', name);
    this.database.run('DELETE FROM token WHERE name = ?', name);
  }

  users(): Account[] {
    return this.database.rows('SELECT * FROM account ORDER BY name').map(accountOf);
  }

  find(name: string): Account | undefined {
    const rows = this.database.rows('SELECT * FROM account WHERE name = ?', name);
    return rows.length ? accountOf(rows[0]) : undefined;
  }

  /** A new API token, which is shown this once. Errors: EngineError ACCOUNT for an unknown or disabled user. */
  createToken(name: string, label: string): string {
    if (this.known(name).disabled) throw new EngineError('ACCOUNT', `the user '${name}' is disabled`);
    const token = `terrane_${randomBytes(32).toString('base64url')}`;
    this.database.run(
      'INSERT INTO token (hash, name, label, created) VALUES (?, ?, ?, ?)',
      digest(token),
      name,
      label,
      Date.now(),
    );
    return token;
  }

  /** How many tokens of the user with this label ended. */
  revokeTokens(name: string, label: string): number {
    this.known(name);
    return this.database.run('DELETE FROM token WHERE name = ? AND label = ?', name, label).changes;
  }

  /** A session for a name and a password: its key; undefined when they do not belong together. */
  async logIn(name: string, password: string): Promise<{ key: string } | 'disabled' | undefined> {
    const rows = this.database.rows('SELECT * FROM account WHERE name = ?', name);
    const matches = await matchesPassword(password, rows[0]?.password as string | undefined);
    if (!matches) return undefined;
    if (rows[0].disabled === 1) return 'disabled';
    const key = randomBytes(32).toString('base64url');
    const now = Date.now();
    this.database.run('DELETE FROM session WHERE expires < ?', now);
    this.database.run(
      'INSERT INTO session (hash, name, expires) VALUES (?, ?, ?)',
      digest(key),
      name,
      now + SESSION_HOURS * 3_600_000,
    );
    return { key };
  }

  logOut(key: string): void {
    this.database.run('DELETE FROM session WHERE hash = ?', digest(key));
  }

  /** Whose session this is; each use prolongs it. */
  ofSession(key: string): Identity | undefined {
    const now = Date.now();
    const rows = this.database.rows(
      `SELECT account.name, account.role, session.expires FROM session JOIN account ON account.name = session.name
       WHERE session.hash = ? AND session.expires > ? AND account.disabled = 0`,
      digest(key),
      now,
    );
    if (rows.length === 0) return undefined;
    const full = now + SESSION_HOURS * 3_600_000;
    // written now and then only, not with every request
    if ((rows[0].expires as number) < full - 600_000)
      this.database.run('UPDATE session SET expires = ? WHERE hash = ?', full, digest(key));
    return { name: rows[0].name as string, role: rows[0].role as Role };
  }

  ofToken(token: string): Identity | undefined {
    const rows = this.database.rows(
      `SELECT account.name, account.role FROM token JOIN account ON account.name = token.name
       WHERE token.hash = ? AND account.disabled = 0`,
      digest(token),
    );
    return rows.length ? { name: rows[0].name as string, role: rows[0].role as Role } : undefined;
  }

  /** Who did what, when, from where. */
  audit(entry: Omit<AuditRow, 'time'>): void {
    // a connection may end after the server has
    if (this.closed) return;
    this.database.run(
      'INSERT INTO audit (time, user, address, action, job, detail) VALUES (?, ?, ?, ?, ?, ?)',
      Date.now(),
      entry.user,
      entry.address,
      entry.action,
      entry.job ?? null,
      entry.detail,
    );
  }

  /** Newest first. */
  auditRows(limit: number): AuditRow[] {
    return this.database.rows('SELECT * FROM audit ORDER BY number DESC LIMIT ?', limit).map((row) => ({
      time: row.time as number,
      user: row.user as string,
      address: row.address as string,
      action: row.action as string,
      job: (row.job as number | null) ?? undefined,
      detail: row.detail as string,
    }));
  }

  private known(name: string): Account {
    const account = this.find(name);
    if (!account) throw new EngineError('ACCOUNT', `there is no user '${name}'; 'terrane user list' shows all`);
    return account;
  }
}

function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD)
    throw new EngineError('ACCOUNT', `the password must have at least ${SHORTEST_PASSWORD} characters`);
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function accountOf(row: StoreRow): Account {
  return {
    name: row.name as string,
    role: row.role as Role,
    disabled: row.disabled === 1,
    created: row.created as number,
  };
}
