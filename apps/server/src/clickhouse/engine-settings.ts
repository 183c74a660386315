/** What the engine's process is told in its first line of input. */
export interface EngineSettings {
  readonly folder: string
  readonly spoolFolder: string
  /** 0: any free port. Always on loopback. */
  readonly port: number
  readonly password: string
  readonly threads: number
  readonly memoryBytes: number
}

/**
 * The engine's server configuration: sized for a part of a small machine. The caches and pools that
 * ClickHouse makes for big servers would alone exceed our idle memory.
 */
export function engineConfigXml({ memoryBytes }: EngineSettings): string {
  const entries: Readonly<Record<string, number>> = {
    max_server_memory_usage: memoryBytes,
    mark_cache_size: 67_108_864,
    primary_index_cache_size: 67_108_864,
    uncompressed_cache_size: 0,
    mmap_cache_size: 100,
    compiled_expression_cache_size: 16_777_216,
    background_pool_size: 2,
    // Each merge takes a few hundred megabytes: as many at once as there are threads, not twice as many.
    background_merges_mutations_concurrency_ratio: 1,
    background_move_pool_size: 1,
    background_fetches_pool_size: 1,
    background_common_pool_size: 2,
    background_buffer_flush_schedule_pool_size: 1,
    background_schedule_pool_size: 2,
    background_distributed_schedule_pool_size: 1,
    background_message_broker_schedule_pool_size: 1,
    tables_loader_foreground_pool_size: 2,
    tables_loader_background_pool_size: 2,
  }
  const lines = Object.entries(entries).map(([name, value]) => `  <${name}>${value}</${name}>`)
  return `<clickhouse>\n${lines.join('\n')}\n</clickhouse>\n`
}
