/* Written by load-tests/personal/text-pieces.ts. Another list is another version of the stored form. */

/** What a byte of a packed text stands for, by its value, each followed by a bar. */
export const TEXT_PIECES =
  ' |a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z|0|1|2|3|4|5|6|7|8|9|\u0027|-|.|&|+|#|á|' +
  'é|í|ó|ú|ñ|ü|ã|õ|â|ê|ç|à|è|ô|ö|ä|ß|in|e |or|er|an|th|on|at|ing|re|en|al|a |ar|st|of|d |' +
  'or |ing |s |y |of |ic|t |o |ro|le|it|ac|the |se|ou|to |ch|de|ion|om|is|il|ed |el|in |un|' +
  'ol|as|ed|an |es|ur|iv|wi|ha|er |al |th |ra|lo|ent|con|ab|am|ec|im|ig|all|us|ul|with |' +
  'ter|id|ad|for|ak|ist|ag|pl|ap|and |at |et|qu|em|lat|pro|po|per|to|ex|ir|no|wh|by |su|' +
  'hav|ion |com|m |ov|res|be|ate|relat|sh|ri|le |ut|est|sp|iz|ant|ce|if|on |and|um|as |co|' +
  'of or |h |k |es |ast|ly |ic |ake |tr|e or |uc|fro|ain|ph|en |n |that |som|ang|par|oun|' +
  'li|ot|ent |igh|ne|br|av|the|od|bl|for |up|ation|e of |w |ca|ver|op|act|os|some|di|oc|' +
  'not |from |ill|pe|make |char|ally |ge|mar|use|ly|dis|ive |a c|he|to or |ten|der|ess|ow|' +
  'gen|te|ous|s of |ay|a s|ect|me|anc|str|cl|';
