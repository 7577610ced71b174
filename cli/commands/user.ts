import { createInterface } from 'node:readline';
import { AccountStore, ROLES, type Role } from '../../engine/accounts/account-store.js';
import { DataFolder } from '../../engine/data-folder.js';
import { UsageError } from '../report-error.js';
import { formatTable } from '../table.js';

interface UserOptions {
  readonly role: string;
  readonly label: string;
  readonly limit: number;
  readonly data?: string;
  readonly json?: boolean;
}

type Action = (accounts: AccountStore, name: string, options: UserOptions) => Promise<void> | void;

const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);

const WITH_NAME: Readonly<Record<string, Action>> = {
  add: async (accounts, name, { role }) => {
    if (!(ROLES as readonly string[]).includes(role))
      throw new UsageError(`--role ${role}: the roles are ${ROLES.join(' and ')}`);
    await accounts.addUser(name, await askPassword(), role as Role);
    print(`added ${role} ${name}`);
  },
  password: async (accounts, name) => {
    await accounts.setPassword(name, await askPassword());
    print(`changed the password of ${name}; all sessions of theirs have ended`);
  },
  disable: (accounts, name) => {
    accounts.setDisabled(name, true);
    print(`disabled ${name}: sessions and tokens have ended`);
  },
  enable: (accounts, name) => {
    accounts.setDisabled(name, false);
    print(`enabled ${name}`);
  },
  token: (accounts, name, { label }) => print(accounts.createToken(name, label)),
  revoke: (accounts, name, { label }) =>
    print(`${accounts.revokeTokens(name, label)} tokens '${label}' of ${name} have ended`),
};

const WITHOUT_NAME: Readonly<Record<string, Action>> = {
  list: (accounts, _name, { json }) => {
    const users = accounts.users();
    if (json) print(JSON.stringify(users));
    else
      print(
        formatTable(
          ['user', 'role', 'since', ''],
          users.map(({ name, role, created, disabled }) => [
            name,
            role,
            new Date(created).toISOString().slice(0, 10),
            disabled ? 'disabled' : '',
          ]),
        ),
      );
  },
  audit: (accounts, _name, { limit, json }) => {
    const rows = accounts.auditRows(limit);
    if (json) print(JSON.stringify(rows));
    else
      print(
        formatTable(
          ['time', 'user', 'address', 'action', 'job', ''],
          rows.map((row) => [
            new Date(row.time).toISOString(),
            row.user,
            row.address,
            row.action,
            row.job === undefined ? '' : String(row.job),
            row.detail,
          ]),
        ),
      );
  },
};

/** terrane user ACTION [NAME]. Errors: UsageError; EngineError ACCOUNT. */
export async function user(action: string, name: string | undefined, options: UserOptions): Promise<void> {
  const perform = WITH_NAME[action] ?? WITHOUT_NAME[action];
  if (!perform)
    throw new UsageError(
      `user ${action}: the actions are ${[...Object.keys(WITH_NAME), ...Object.keys(WITHOUT_NAME)].join(', ')}`,
    );
  if (name === undefined && action in WITH_NAME) throw new UsageError(`user ${action} needs the name of a user`);
  const accounts = new AccountStore(new DataFolder(options.data).storeFile);
  try {
    await perform(accounts, name ?? '', options);
  } finally {
    accounts.close();
  }
}

/** The first line of the standard input; a terminal is asked and does not show what is typed. */
async function askPassword(): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write('Password: ');
  // without an output nothing that is typed comes back
  const lines = createInterface({ input: stdin, terminal: stdin.isTTY });
  try {
    for await (const line of lines) return line;
    throw new UsageError('the password is read from the standard input, which is empty');
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}
