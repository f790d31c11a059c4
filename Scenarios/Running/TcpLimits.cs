using System.Globalization;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Before a TCP run: what TCP does not let happen is listed, or refused with <c>--strict</c>; what the machine has
/// not enough of is refused with the numbers.
/// </summary>
internal static class TcpLimits
{
    // Measured: what a process of a node holds and takes until it is ready.
    private const long BytesOfProcess = 58_000_000;
    private const double CpuSecondsOfStart = 0.5;

    /// <summary>
    /// Measured on two busy processors with crash-hub: 63 processes kept all promises; 203 formed, and then were too
    /// slow for the gossip, so that some were taken for dead.
    /// </summary>
    private const int ProcessesPerProcessor = 32;

    /// <summary>Our choice: as long as nobody wonders.</summary>
    private const double WorthANote = 5;

    public static void Check(Scenario scenario, bool isStrict, TextWriter messages)
    {
        if (scenario.Runtime != RuntimeKind.Tcp) return;
        if (scenario.Peers.Hosting == Hosting.ProcessPerNode)
            CheckProcesses(scenario.AllPeers + scenario.SeedNodes.Count, messages);
        var links = scenario.Overlay.LinksForEach(scenario.AllPeers);
        var need = DescriptorNeed.Of(scenario.AllPeers, links, scenario.SeedNodes.Count);
        if (!need.IsMet)
            throw new EnvironmentException(string.Create(CultureInfo.InvariantCulture,
                $"{scenario.AllPeers} peers and {scenario.SeedNodes.Count} seed nodes need about {need.Needed} "
                    + $"open files; this process may have {need.Limit} (ulimit -n {need.Needed} would let it)"));

        List<string> missing =
        [
            .. scenario.Faults.Where(fault => fault.IsSimulatorOnly)
                .Select(fault => $"the fault {fault.Id} ({FaultWords.WordOf(fault)})"),
        ];
        if (missing.Count == 0) return;
        var list = $"on TCP {string.Join(", ", missing)} can not be applied";
        if (isStrict)
            throw new UsageException($"{list}; run it with --runtime sim, or without --strict to leave it out");
        messages.WriteLine($"Note: {list} and will be left out; the simulator can (--runtime sim).");
    }

    private static void CheckProcesses(int processes, TextWriter messages)
    {
        var gigabytes = processes * BytesOfProcess / 1e9;
        var machine = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        if (gigabytes > machine)
        {
            throw new EnvironmentException(string.Create(CultureInfo.InvariantCulture,
                $"{processes} processes of nodes need about {gigabytes:F1} GB of memory; this machine has "
                    + $"{machine:F1} GB (peers.count, or peers.hosting=inProcess)"));
        }

        var seconds = processes * CpuSecondsOfStart / Environment.ProcessorCount;
        if (seconds < WorthANote) return;
        messages.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Note: starting {processes} processes takes {seconds:F0} s or more here, and {gigabytes:F1} GB of memory; "
                + $"what they do afterwards shares the processors ({Advice(processes)})."));
    }

    private static string Advice(int processes) => processes > ProcessesPerProcessor * Environment.ProcessorCount
        ? "pings of each second may come too late: timing=documents has patience, peers.hosting=inProcess needs less"
        : "peers.hosting=inProcess needs far less";
}
