import { sendJob } from './api.js';
import { announce, byId, element } from './dom.js';

/** The form for a new calculation: choose or drop files, send them, tell what the server says. */
export function startUploadForm(onCreated: (id: number) => void): void {
  const form = byId<HTMLFormElement>('upload');
  const input = byId<HTMLInputElement>('files');
  const drop = byId('drop');
  const submit = byId<HTMLButtonElement>('submit');
  const bar = byId<HTMLProgressElement>('upload-progress');
  const message = byId('upload-message');
  let files: readonly File[] = [];

  const choose = (chosen: FileList | null): void => {
    files = [...(chosen ?? [])];
    byId('chosen').replaceChildren(...files.map((file) => element('li', {}, `${file.name} (${sizeText(file.size)})`)));
    submit.disabled = files.length === 0;
    tell('', '');
  };
  const tell = (text: string, kind: string): void => {
    message.textContent = text;
    message.className = `message ${kind}`;
  };
  const send = async (): Promise<void> => {
    submit.disabled = true;
    bar.hidden = false;
    tell('', '');
    try {
      const id = await sendJob(files, byId<HTMLInputElement>('job-ini').value.trim(), (done) => (bar.value = done));
      tell(`Calculation ${id} was accepted.`, 'good');
      announce(`Calculation ${id} was accepted`);
      onCreated(id);
      input.value = '';
      choose(null);
      tell(`Calculation ${id} was accepted.`, 'good');
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error), 'bad');
    }
    submit.disabled = files.length === 0;
    bar.hidden = true;
    bar.value = 0;
  };

  input.addEventListener('change', () => choose(input.files));
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    choose(event.dataTransfer?.files ?? null);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
}

function sizeText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
