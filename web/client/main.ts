import type { JobView } from './api.js';
import { byId } from './dom.js';
import { JobPanel } from './job-panel.js';
import { JobTable } from './job-table.js';
import { ModelsPage } from './models-page.js';
import { startUploadForm } from './upload-form.js';

const panel = new JobPanel();
const modelsPage = new ModelsPage();
const table = new JobTable((id) => open(id));
let opened: number | undefined;

/** Opens a job; its address can be kept and sent. */
function open(id: number | undefined, remember = true): void {
  opened = id;
  if (remember) history.pushState(null, '', id === undefined ? '/engine/' : `/engine/${id}/outputs`);
  table.select(id);
  panel.show(id === undefined ? undefined : table.get(id));
}

function readAddress(): void {
  const models = location.pathname === '/engine/models';
  byId('jobs-view').hidden = models;
  byId('models-view').hidden = !models;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-nav]'))
    if ((link.dataset.nav === 'models') === models) link.setAttribute('aria-current', 'page');
  if (models) {
    void modelsPage.show();
    return;
  }
  const [, id] = /^\/engine\/(\d+)\/outputs$/.exec(location.pathname) ?? [];
  open(id === undefined ? undefined : Number(id), false);
}

function listen(): void {
  const events = new EventSource('/v1/events');
  events.addEventListener('jobs', (event) => {
    const { changed, gone } = JSON.parse((event as MessageEvent<string>).data) as {
      changed: JobView[];
      gone: number[];
    };
    table.update(changed, gone);
    if (opened === undefined) return;
    if (gone.includes(opened)) open(undefined);
    else if (changed.some(({ id }) => id === opened)) open(opened, false);
  });
}

async function showVersion(): Promise<void> {
  const response = await fetch('/v1/engine_version');
  byId('version').textContent = `version ${await response.text()}`;
}

startUploadForm((id) => open(id));
addEventListener('popstate', readAddress);
readAddress();
listen();
void showVersion();
