package org.tunebench.train.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;

/** The library's codecs, and gzip, which it would take from Hadoop; Brotli and LZO are Hadoop's alone. */
final class ParquetCodecs implements CompressionCodecFactory {
    private final CompressionCodecFactory others = HadoopCodecs.newFactory(0);

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case GZIP -> new Gzip();
            case BROTLI, LZO -> throw new UnsupportedOperationException("packed with " + codec + ", which is not read");
            default -> others.getDecompressor(codec);
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Parquet is read only");
    }

    @Override
    public void release() {
        others.release();
    }

    private static final class Gzip implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(packed.toInputStream())) {
                return BytesInput.from(in.readNBytes(size));
            }
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer into, int size) throws IOException {
            into.put(decompress(BytesInput.from(packed), size).toByteBuffer());
        }

        @Override
        public void release() {}
    }
}
