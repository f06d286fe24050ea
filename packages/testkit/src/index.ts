export * from './postgres-server.ts'
export * from './chromium.ts'
export * from './missing-programs.ts'
