/** Text as models see it: conversations, chat templates with the character spans of each assistant turn, tokenizers. */
@NullMarked
package org.tunebench.core.text;

import org.jspecify.annotations.NullMarked;
