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
    /// What connections may take, beside the listeners and everything else; half of all where that is little.
    /// </summary>
    internal static long LeftBeside(int listeners)
    {
        var limit = ProcessLimit();
        return Math.Max(limit - listeners - Others, limit / 2);
    }

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
