import DOMPurify from 'dompurify';

/** Markdown's own HTML, and still not trusted: what an agent wrote never runs. */
export const purified = (text: string): DocumentFragment =>
  DOMPurify.sanitize(text, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: ['style', 'form'],
    FORBID_ATTR: ['style'],
  });
