using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Hints to the processor about what is needed soon: who comes next is known, and memory is slower than a handler. They
/// change nothing, and an address that is stale by the time it is looked at does no harm.
/// </summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>A value inside an array, up to two lines long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Value<T>(ref T value)
    {
        if (!Sse.IsSupported) return;
        var address = (byte*)Unsafe.AsPointer(ref value);
        Sse.Prefetch0(address);
        if (Unsafe.SizeOf<T>() > LineBytes / 2) Sse.Prefetch0(address + Unsafe.SizeOf<T>() - 1);
    }

    /// <summary>The beginning of an object, or of an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object? content, int lines = 2)
    {
        if (!Sse.IsSupported || content is null) return;
        var address = *(byte**)Unsafe.AsPointer(ref content);
        for (var line = 0; line < lines; line++) Sse.Prefetch0(address + (line * LineBytes));
    }
}
