import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestHandler } from 'express';
import type { JobStore } from '../engine/store/job-store.js';

/** Seconds of answers by which they are counted. */
const ANSWER_SECONDS = [0.005, 0.025, 0.1, 0.25, 1, 5, 30];

/** What Prometheus reads of a server: its process, its answers, its jobs. One registry for each server. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly answers: Histogram<'method' | 'route' | 'status'>;
  private readonly uploads: Counter;

  constructor(store: JobStore) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'terrane_' });
    this.answers = new Histogram({
      name: 'terrane_http_seconds',
      help: 'Time until an answer was sent, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: ANSWER_SECONDS,
      registers,
    });
    this.uploads = new Counter({ name: 'terrane_upload_bytes_total', help: 'Bytes of uploads received', registers });
    new Gauge({
      name: 'terrane_jobs',
      help: 'Jobs by status',
      labelNames: ['status'],
      registers,
      collect() {
        this.reset();
        for (const [status, count] of store.countByStatus()) this.set({ status }, count);
      },
    });
  }

  /** Times every request. Paths that no route knows share a label: strangers must not make up thousands. */
  readonly observe: RequestHandler = (request, response, next) => {
    const end = this.answers.startTimer();
    response.once('finish', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path;
      end({ method: request.method, route: typeof route === 'string' ? route : 'other', status: response.statusCode });
      if (request.method === 'POST') this.uploads.inc(Number(request.headers['content-length']) || 0);
    });
    next();
  };

  /** The text format of Prometheus. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }
}
