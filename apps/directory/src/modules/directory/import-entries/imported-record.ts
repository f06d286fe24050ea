/** The cells of one record by the names of the columns of `entry-csv.ts`; other formats are brought to the same. */
export type Cells = Readonly<Record<string, string>>

/** One record of a file: what it says, or why nothing of it can be read. */
export type ImportedRecord =
  | { readonly number: number; readonly cells: Cells }
  | { readonly number: number; readonly problem: RecordProblem }

type RecordProblem = 'directory/import-line-broken' | 'directory/import-vcard-version'

export type FileProblem =
  | 'directory/import-empty'
  | 'directory/import-too-large'
  | 'directory/import-too-many'
  | 'directory/import-encoding'
  | 'directory/import-unreadable'

export const largestImport = 1024 * 1024
export const mostRecords = 2000
