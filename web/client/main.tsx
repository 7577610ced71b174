import { render } from 'preact';
import { App } from './app/app';
import { followJobs } from './server/jobs';
import './style/base.css';
import './style/results.css';

followJobs();
render(<App />, document.getElementById('app')!);
