import { useEffect } from 'preact/hooks';
import { ApiPage } from './api-page';
import { ComparePage } from '../compare/compare-page';
import { JobsPage } from '../jobs/jobs-page';
import { JobPage, type JobPart } from '../job/job-page';
import { ModelsPage } from '../models/models-page';
import { announcement, connected } from '../server/jobs';
import { getJson, getText } from '../server/api';
import { useLoaded } from '../widgets/load';
import { follow, path } from './address';

/** Who is logged in, where that is asked for. */
interface Me {
  readonly required: boolean;
  readonly user: string | null;
}

/** The page: what stands on every view, and the view of the address. */
export function App() {
  const me = useLoaded('/accounts/me', getJson<Me>).value;
  const version = useLoaded('/v1/engine_version', getText).value;
  const [, id, part] = /^\/engine\/(\d+)\/(outputs|inputs|datastore)$/.exec(path.value) ?? [];
  const models = path.value === '/engine/models';
  const compare = path.value === '/engine/compare';
  const api = path.value === '/engine/api';
  useEffect(() => {
    if (id === undefined && !compare)
      document.title = models ? 'Ground-motion models: Terrane' : 'Calculations: Terrane';
  }, [id, models, compare, api]);
  const link = (address: string, text: string, here: boolean) => (
    <a href={address} onClick={follow} aria-current={here ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="top">
        <a class="brand" href="/engine/" onClick={follow}>
          <img src="/assets/icon.svg" alt="" width={28} height={28} />
          Terrane
        </a>
        <nav aria-label="Main">
          {link('/engine/', 'Calculations', !models && !compare && !api)}
          {link('/engine/compare', 'Compare', compare)}
          {link('/engine/models', 'Ground-motion models', models)}
          {link('/engine/api', 'API', api)}
        </nav>
        <span class="version">{version && `version ${version}`}</span>
        {me?.required && (
          <form method="post" action="/accounts/ajax_logout/" onSubmit={logOut}>
            <span>{me.user}</span> <button type="submit">Log out</button>
          </form>
        )}
      </header>
      {!connected.value && (
        <p class="banner" role="alert">
          The connection to the server is lost. What is shown may be old; the page connects again by itself.
        </p>
      )}
      <main id="content" tabIndex={-1}>
        {api ? (
          <ApiPage />
        ) : compare ? (
          <ComparePage />
        ) : models ? (
          <ModelsPage />
        ) : id === undefined ? (
          <JobsPage />
        ) : (
          <JobPage key={id} id={Number(id)} part={part as JobPart} />
        )}
      </main>
      <div class="visually-hidden" id="announce" role="status">
        {announcement.value}
      </div>
    </>
  );
}

function logOut(event: Event): void {
  event.preventDefault();
  void fetch('/accounts/ajax_logout/', { method: 'POST' }).then(() => location.assign('/accounts/login/'));
}
