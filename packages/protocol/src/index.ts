export * from './glossary.ts'
