import { placeOf } from './ask.ts'
import { Problem, problemOf, UNREACHABLE } from './problem.ts'
import type { AnswerOf } from './routes.ts'

/** Sends a file as it is. `fetch` cannot say how far an upload is; XMLHttpRequest can. Throws `Problem`. */
export function uploadFile(
  workspace: string,
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<AnswerOf<'upload'>> {
  const { method, path } = placeOf('upload', { params: { workspace }, query: { name: file.name } })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => onProgress(event.loaded)
    request.onerror = () => reject(new Problem(0, UNREACHABLE, ''))
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'))
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText))
      else
        void problemOf(new Response(request.responseText, { status: request.status })).then(reject)
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
