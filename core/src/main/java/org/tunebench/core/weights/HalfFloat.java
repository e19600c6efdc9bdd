package org.tunebench.core.weights;

/** IEEE 754 half precision and bfloat16, which Java 17 has no conversions for. */
final class HalfFloat {
    private HalfFloat() {}

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f; // subnormal
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 31 ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The upper half of a float's bits, rounded to the nearest, halves to even; a NaN stays one. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
