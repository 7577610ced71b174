import { useEffect, useState } from 'preact/hooks';
import { go } from '../app/address';
import { sendFiles, ServerFault, type JobFile } from '../server/api';
import { announcement } from '../server/jobs';
import { bytes } from '../widgets/format';
import { chosenFiles, droppedFiles } from './dropped-files';
import { FaultList } from './fault-list';

/** Takes the files of a job in, tells its faults in place, takes mended files, starts it. */
export function NewJob() {
  const [files, setFiles] = useState<readonly JobFile[]>([]);
  const [ini, setIni] = useState('');
  const [sent, setSent] = useState<number>();
  const [fault, setFault] = useState<ServerFault>();
  const [over, setOver] = useState(false);

  /** A file that is there already is replaced: that is how a mended one comes. */
  const add = (more: readonly JobFile[]): void => {
    setFiles((before) => {
      const archive = more.some(({ path }) => /\.zip$/i.test(path));
      const kept = archive
        ? []
        : before.filter(({ path }) => !more.some((file) => file.path === path) && !/\.zip$/i.test(path));
      return [...kept, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
    });
    setFault(undefined);
  };
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent): void => {
      drag(event);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(add);
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', drag);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', drag);
      removeEventListener('drop', drop);
    };
  }, []);

  const run = async (event: Event): Promise<void> => {
    event.preventDefault();
    setFault(undefined);
    setSent(0);
    try {
      const { job_id: id } = await sendFiles<{ job_id: number }>(
        '/v1/calc/run',
        files,
        { job_ini: ini.trim() },
        setSent,
      );
      announcement.value = `Calculation ${id} was accepted.`;
      go(`/engine/${id}/outputs`);
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      setFault(error);
    } finally {
      setSent(undefined);
    }
  };
  const inis = files.filter(({ path }) => path.endsWith('.ini')).map(({ path }) => path);
  return (
    <form class="card" id="upload" aria-labelledby="upload-title" onSubmit={(event) => void run(event)}>
      <h2 id="upload-title">New calculation</h2>
      <label class={`drop ${over ? 'over' : ''}`} id="drop">
        <input
          type="file"
          id="files"
          multiple
          onChange={({ currentTarget }) => {
            add(chosenFiles(currentTarget.files));
            currentTarget.value = '';
          }}
        />
        <span>
          <strong>Drop a ZIP, a folder or the files of a job anywhere on this page</strong>
          <br />
          or choose them
        </span>
      </label>
      <label class="button folder">
        Choose a folder
        <input
          type="file"
          class="visually-hidden"
          {...{ webkitdirectory: true }}
          onChange={({ currentTarget }) => add(chosenFiles(currentTarget.files))}
        />
      </label>
      {files.length > 0 && (
        <ul class="chosen" id="chosen" aria-label="Chosen files">
          {files.map(({ path, file }) => (
            <li key={path}>
              {path} ({bytes(file.size)}){' '}
              <button
                type="button"
                aria-label={`Leave out ${path}`}
                onClick={() => setFiles(files.filter((one) => one.path !== path))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        {inis.length > 1 && (
          <label class="field">
            Job file
            <select value={ini} onChange={({ currentTarget }) => setIni(currentTarget.value)}>
              <option value="">choose one</option>
              {inis.map((path) => (
                <option value={path}>{path}</option>
              ))}
            </select>
          </label>
        )}
        <button
          type="submit"
          class="primary"
          id="submit"
          disabled={files.length === 0 || sent !== undefined || (inis.length > 1 && ini === '')}
        >
          Run
        </button>
      </div>
      {sent !== undefined && <progress max={1} value={sent} aria-label="Sending" />}
      {sent === 1 && <p class="hint">The server reads and checks the job.</p>}
      {fault && <FaultList fault={fault} files={files} />}
    </form>
  );
}
