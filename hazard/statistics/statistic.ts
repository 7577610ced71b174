/** One statistic over realizations, named as outputs name it: mean, std, quantile-0.15, max. */
export type Statistic =
  | { readonly name: string; readonly kind: 'mean' | 'std' | 'max' }
  | { readonly name: string; readonly kind: 'quantile'; readonly q: number };
