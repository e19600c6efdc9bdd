package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.weights.StoredType;

/**
 * How a model's weights are written.
 *
 * @param type F32, or BF16: half the size, three significant digits
 * @param shardBytes most bytes of tensors in one file; a larger model is written as shards with an index
 */
public record Storage(StoredType type, long shardBytes) {
    private static final long SHARD_BYTES = 5_000_000_000L;

    /** Every bit of what was trained, in files of at most 5 GB. */
    public static final Storage FLOAT32 = new Storage(StoredType.F32, SHARD_BYTES);

    private static final Storage BFLOAT16 = new Storage(StoredType.BF16, SHARD_BYTES);

    public Storage {
        if (type != StoredType.F32 && type != StoredType.BF16) {
            throw new IllegalArgumentException(type + ", expected F32 or BF16");
        }
    }

    /** {@code float32} or {@code bfloat16}, as config.json calls them. */
    public static Storage of(String dtype, String where) {
        KnownNames.require("dtype", dtype, List.of("float32", "bfloat16"), where);
        return dtype.equals("float32") ? FLOAT32 : BFLOAT16;
    }

    /** The name config.json has for the type. */
    String dtype() {
        return type == StoredType.F32 ? "float32" : "bfloat16";
    }
}
