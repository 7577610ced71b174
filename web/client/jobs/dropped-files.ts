import type { JobFile } from '../server/api';

/** The files of a drop, those of folders with their paths below the folder. */
export async function droppedFiles(transfer: DataTransfer): Promise<JobFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
  // scripts that drop files bring no entries
  if (entries.every((entry) => !entry)) return chosenFiles(transfer.files);
  const found: JobFile[] = [];
  // entries must be asked for before anything is awaited: the drop is empty afterwards
  for (const entry of entries) if (entry) found.push(...(await filesOf(entry, '')));
  return withoutCommonFolder(found);
}

/** The files that a control was given; those of a folder with their paths below it. */
export function chosenFiles(list: FileList | null): JobFile[] {
  return withoutCommonFolder([...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<JobFile[]> {
  const path = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: JobFile[] = [];
  // a reader gives its entries in portions, an empty one at the end
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return files;
    for (const child of portion) files.push(...(await filesOf(child, `${path}/`)));
  }
}

/** A folder that holds everything is the job's: paths count from it. */
function withoutCommonFolder(files: readonly JobFile[]): JobFile[] {
  const [first] = files;
  const folder = first?.path.slice(0, first.path.indexOf('/') + 1) ?? '';
  if (folder === '' || !files.every(({ path }) => path.startsWith(folder))) return [...files];
  return files.map(({ path, file }) => ({ path: path.slice(folder.length), file }));
}
