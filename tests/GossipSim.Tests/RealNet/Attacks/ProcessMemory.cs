using System.Globalization;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>What Linux says of another process's memory, in bytes.</summary>
internal sealed class ProcessMemory(int processId)
{
    /// <summary>The most that was resident at a time since <see cref="ForgetPeak"/>.</summary>
    public long Peak => Read("VmHWM:");

    public long Resident => Read("VmRSS:");

    /// <summary>From now on the peak is counted anew (proc(5): clear_refs).</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    /// <summary>Descriptors that are open in it.</summary>
    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(each => each.StartsWith(name, default));
        var kilobytes = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        return 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);
    }
}
