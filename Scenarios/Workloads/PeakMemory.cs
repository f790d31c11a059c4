namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// The most memory that this process held at a time from now on, in bytes: what Linux counts as its peak resident set,
/// counted anew. Where that cannot be, the peak of the process's whole life.
/// </summary>
internal sealed class PeakMemory
{
    private const string ClearRefs = "/proc/self/clear_refs";
    private const string Status = "/proc/self/status";

    private PeakMemory()
    {
    }

    public static PeakMemory Begin()
    {
        try
        {
            // proc(5): 5 sets the peak resident set size to what is resident now.
            File.WriteAllText(ClearRefs, "5");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The peak of the whole life is no less.
        }

        return new PeakMemory();
    }

    public long Bytes()
    {
        var lines = File.Exists(Status) ? File.ReadLines(Status) : [];
        if (lines.FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is not { } line)
        {
            // Another system, or one that only looks like Linux.
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return Math.Max(process.PeakWorkingSet64, process.WorkingSet64);
        }

        var kilobytes = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        return 1024 * long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture);
    }
}
