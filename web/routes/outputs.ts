import type { Response } from 'express';
import { existsSync, statSync } from 'node:fs';
import { NPZ_OUTPUTS } from '../extract/npz-outputs.js';
import { HttpFault } from '../http-fault.js';
import { baseUrl } from '../job-view.js';
import { integerParameter, queryText, sendJson, type Route } from '../route.js';
import { finishedJob, visibleJob } from '../visible-job.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  geojson: 'application/json',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};

/** Results of a finished job. */
export const outputs: readonly Route[] = [
  ...(['/v1/calc/:id/results', '/v1/calc/:id/result/list'] as const).map((path): Route => ({
    method: 'GET',
    path,
    access: 'job',
    summary: 'What a finished job offers: one entry per output, with its formats and the address to fetch it.',
    answer: '`[{"id", "name", "type", "outtypes", "url", "size_mb"}]`; 404 without any',
    handle(request, response, { store }) {
      const job = store.find(integerParameter(request, 'id'));
      const list = job && job.status !== 'deleted' ? store.outputs(job.id) : [];
      if (list.length === 0) throw HttpFault.notFound();
      const base = baseUrl(request);
      sendJson(
        response,
        list.map(({ id, name, type, formats }) => ({
          id,
          name,
          type,
          outtypes: offeredFormats(type, formats),
          url: `${base}/v1/calc/result/${id}`,
          size_mb: -1.0,
        })),
      );
    },
  })),
  {
    method: 'GET',
    path: '/v1/calc/result/:result',
    access: 'job',
    summary: 'The file of an output; several files come as one ZIP.',
    parameters: { export_type: 'a format of the output; default the first one' },
    answer: 'the file, named `output-RESULT-...`',
    async handle(request, response, { store, reader }) {
      const output = store.findOutput(integerParameter(request, 'result'));
      if (!output) throw HttpFault.notFound();
      const formats = offeredFormats(output.type, output.formats);
      const format = queryText(request, 'export_type') ?? formats[0];
      if (!formats.includes(format))
        throw HttpFault.text(
          404,
          `DataStoreExportError: Could not export ${output.type} in ${format} (formats: ${formats.join(', ')})`,
        );
      const { file, name } = await reader.export(output.jobId, output.type, format);
      await sendFile(response, file, `output-${output.id}-${name}`, CONTENT_TYPES[format] ?? 'text/plain');
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/datastore',
    access: 'job',
    summary: 'The HDF5 file of a finished job.',
    answer: '`calc_ID.hdf5`',
    async handle(request, response, { reader, store }) {
      const { id } = finishedJob(store, integerParameter(request, 'id'));
      await sendFile(response, reader.datastore(id), `calc_${id}.hdf5`, 'application/x-hdf');
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/tree',
    access: 'job',
    summary: 'The logic trees of a job as SVG, from the moment its inputs are read.',
    answer: 'SVG',
    async handle(request, response, { reader, store, folder }) {
      const { id } = visibleJob(store, integerParameter(request, 'id'));
      const early = folder.logicTreeDrawing(id);
      const file = existsSync(early) ? early : (await reader.export(id, 'logic_tree', 'svg')).file;
      response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
      await sendFile(response, file, `logic_tree_${id}.svg`, CONTENT_TYPES.svg, 'inline');
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/extract/*what',
    access: 'job',
    summary: 'A part of the results as NPZ: see Extractions below.',
    answer: 'NPZ',
    async handle(request, response, { reader, store }) {
      const { id } = visibleJob(store, integerParameter(request, 'id'));
      const what = (request.params as unknown as { what: string[] }).what.join('/');
      const [, query = ''] = /\?(.*)$/.exec(request.originalUrl) ?? [];
      const bytes = await reader.extract(id, what, query);
      response.setHeader('Content-Type', 'application/octet-stream');
      response.setHeader('Content-Disposition', `attachment; filename=${what.replace(/[^\w.-]/g, '_')}_${id}.npz`);
      response.setHeader('Content-Length', bytes.length);
      response.end(request.method === 'HEAD' ? undefined : bytes);
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/plot',
    access: 'job',
    summary: 'Curves, maps and spectra of the statistics at one site, for the page.',
    parameters: { site_id: 'number of the site, default 0' },
    answer: '`{"site", "investigationTime", "poes", "measures"}`',
    async handle(request, response, { reader, store }) {
      const { id } = finishedJob(store, integerParameter(request, 'id'));
      const site = queryText(request, 'site_id') ?? '0';
      if (!/^\d{1,9}$/.test(site)) throw HttpFault.text(400, `site_id=${site} must be a whole number`);
      sendJson(response, await reader.plot(id, Number(site)));
    },
  },
];

/** What exporters write, and NPZ where it can be extracted. */
function offeredFormats(type: string, formats: readonly string[]): readonly string[] {
  return NPZ_OUTPUTS.includes(type) ? [...formats, 'npz'] : formats;
}

/** Streams a file with the headers that clients look for. */
function sendFile(
  response: Response,
  path: string,
  name: string,
  type: string,
  place: 'attachment' | 'inline' = 'attachment',
): Promise<void> {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `${place}; filename=${name}`);
  response.setHeader('Content-Length', statSync(path).size);
  return new Promise((resolve, reject) => {
    response.sendFile(path, { dotfiles: 'allow', etag: false, cacheControl: false, lastModified: false }, (error) => {
      // a client that goes away in the middle is no fault of ours
      if (!error || response.headersSent) resolve();
      else reject(error);
    });
  });
}
