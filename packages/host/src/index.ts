export * from './folder-lock.ts'
export * from './password-rule.ts'
