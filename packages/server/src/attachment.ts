/** The header that makes a response a file (RFC 6266), named after what is in it. */
import contentDisposition from "content-disposition";

export const attachment = (name: string, extension: string): string => contentDisposition(fileName(name, extension));

/** The same with the name in UTF-8 and nothing else: so Phoenix sends datasets, and its clients' tests compare the header as a whole. */
export function attachmentInUtf8(name: string, extension: string): string {
  // What encodeURIComponent leaves alone and RFC 8187 does not.
  const encoded = encodeURIComponent(fileName(name, extension)).replaceAll(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename*=UTF-8''${encoded}`;
}

/** A file name made from a name: without slashes, which would cut off what is before them, and short enough for a header. */
const fileName = (name: string, extension: string) =>
  `${[...name.slice(0, 300)].slice(0, 150).join("").replaceAll(/[/\\]/g, "_")}.${extension}`;
