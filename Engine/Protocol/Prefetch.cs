using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Hints to the processor about what is needed soon: who comes next is known, and memory is slower than a handler. They
/// change nothing, and an address that is stale by the time it is looked at, or no address at all, does no harm.
/// </summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Of an array, before its first value.</summary>
    private static readonly int HeaderBytes = 2 * sizeof(nint);

    /// <summary>A value inside an array or an object, up to two lines long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Value<T>(ref readonly T value)
    {
        if (!Sse.IsSupported) return;
        var address = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in value));
        Sse.Prefetch0(address);
        if (Unsafe.SizeOf<T>() > LineBytes / 2) Sse.Prefetch0(address + Unsafe.SizeOf<T>() - 1);
    }

    /// <summary>
    /// What begins at a place of the array that a field holds. The array itself is not looked at: asking it for a
    /// reference would wait for its beginning, which may lie as far.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Item<T>(ref readonly T[]? array, int place, int lines = 1) =>
        Lines((byte*)AddressIn(in array) + HeaderBytes + ((nint)place * Unsafe.SizeOf<T>()), lines);

    /// <summary>So many lines of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(void* address, int lines)
    {
        if (!Sse.IsSupported) return;
        for (var line = 0; line < lines; line++) Sse.Prefetch0((byte*)address + (line * LineBytes));
    }

    /// <summary>The beginning of the object, or of the array, that a field holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object<T>(ref readonly T? field, int lines = 2)
        where T : class => Lines((void*)AddressIn(in field), lines);

    /// <summary>
    /// What the field is, as a number: no more than a hint is made of it, so nobody need keep the object where it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint AddressIn<T>(ref readonly T? field)
        where T : class => Unsafe.As<T?, nint>(ref Unsafe.AsRef(in field));
}
