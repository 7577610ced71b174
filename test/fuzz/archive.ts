/** Random damage of the ZIP that a job is sent in. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Random } from '../differential/random.js';
import type { Files } from './mutate.js';

/** A change of the archive as a whole, and its bytes afterwards. */
export interface DamagedArchive {
  readonly kind: string;
  readonly detail: string;
  readonly bytes: Buffer;
}

/** One time for all entries: the same files are the same bytes. */
const TIME = new Date(2026, 0, 1);

async function packed(files: Files, folder = ''): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, folder + name, { mtime: TIME });
  zip.end();
  return buffer(zip.outputStream);
}

/** Another name of the same length for an entry, wherever it stands in the archive. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

/** Packs the files, then changes the archive as transfers, tools and attackers do. */
export async function damagedArchive(files: Files, random: Random): Promise<DamagedArchive> {
  const kind = random.pick([
    'cut off',
    'a byte of noise',
    'in a folder',
    'an entry outside',
    'entry twice',
    'in capitals',
  ]);
  const whole = await packed(files);
  switch (kind) {
    case 'cut off': {
      const end = random.integer(0, whole.length - 1);
      return { kind, detail: `${whole.length} -> ${end} bytes`, bytes: whole.subarray(0, end) };
    }
    case 'a byte of noise': {
      const at = random.integer(0, whole.length - 1);
      const bytes = Buffer.from(whole);
      bytes[at] ^= 1 << random.integer(0, 7);
      return { kind, detail: `byte ${at} of ${whole.length}: ${whole[at]} -> ${bytes[at]}`, bytes };
    }
    case 'in a folder':
      return { kind, detail: 'all entries', bytes: await packed(files, 'my job/') };
    case 'an entry outside': {
      const bytes = await packed(new Map([...files, ['aaaaaaaa.txt', Buffer.from('x')]]));
      return { kind, detail: '../../aa.txt', bytes: renamed(bytes, 'aaaaaaaa.txt', '../../aa.txt') };
    }
    case 'entry twice': {
      const bytes = await packed(new Map([...files, ['jab.ini', Buffer.from('[general]\n')]]));
      return { kind, detail: 'job.ini', bytes: renamed(bytes, 'jab.ini', 'job.ini') };
    }
    default:
      return { kind, detail: 'models.xml', bytes: renamed(whole, 'models.xml', 'MODELS.XML') };
  }
}
