import { drafting } from './check';
import { JobList } from './job-list';
import { NewJob } from './new-job';

/** The start: a form for a new calculation, and all calculations. */
export function JobsPage() {
  return (
    <div class={drafting.value ? 'column' : 'columns'}>
      <h1 class="visually-hidden">Calculations</h1>
      <NewJob />
      <JobList />
    </div>
  );
}
