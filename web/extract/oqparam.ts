import type { Extraction } from './extraction.js';
import { bytesArray } from './npy.js';

/** The parameters as JSON. */
export const oqparam: Extraction = {
  summary: 'parameters of the job as JSON',
  extract: ({ hdf5 }) => ({ json: bytesArray(hdf5.readText('oqparam')) }),
};
