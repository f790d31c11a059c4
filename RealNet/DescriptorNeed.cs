using System.Runtime.InteropServices;

namespace GossipSim.RealNet;

/// <summary>
/// How many descriptors a run needs and how many this process may have; to be looked at before anything starts.
/// </summary>
public readonly partial record struct DescriptorNeed(long Needed, long Limit)
{
    // Both ends of a link are in this process. Seed nodes hold exchanges with up to 64 nodes at a time, and the
    // runtime, logs and results take the rest (DESIGN section 4).
    private const int ExchangesPerSeedNode = 64;
    private const int Others = 200;

    public bool IsMet => Needed <= Limit;

    public static DescriptorNeed Of(int peers, int linksPerPeer, int seedNodes) => new(
        (peers * (1L + (2L * linksPerPeer))) + (seedNodes * (1L + (2L * ExchangesPerSeedNode))) + Others,
        ProcessLimit());

    /// <summary>
    /// What connections may take, beside the listeners and everything else; a quarter of all where that is little.
    /// Never all: each assembly takes two when it is loaded, and the runtime ends a process that has none left for it
    /// (half of 160 was tried).
    /// </summary>
    internal static long LeftBeside(int listeners) => LeftOf(ProcessLimit(), listeners);

    internal static long LeftOf(long limit, int listeners) => Math.Max(limit - listeners - Others, limit / 4);

    private static long ProcessLimit()
    {
        if (OperatingSystem.IsWindows()) return long.MaxValue;   // bounded by memory there
        // RLIMIT_NOFILE by platform: sys/resource.h
        var resource = OperatingSystem.IsLinux() ? 7 : 8;
        var isKnown = getrlimit(resource, out var limit) == 0 && limit.Current <= long.MaxValue;
        return isKnown ? (long)limit.Current : long.MaxValue;
    }

    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
