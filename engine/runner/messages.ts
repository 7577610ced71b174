/** Words between the server and a runner process. */
export type RunnerMessage = { readonly kind: 'accepted' } | { readonly kind: 'refused' };
/** go: run now; later: the line is full, end and be started again when it is your turn */
export type ServerMessage = { readonly kind: 'go' } | { readonly kind: 'later' };

/** accept: read the job, report, wait for a word; run: read the job and run it. */
export type RunnerMode = 'accept' | 'run';
