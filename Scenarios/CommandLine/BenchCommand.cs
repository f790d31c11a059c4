using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Workloads;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>bench</c>: the fixed workloads, whose figures can be compared with those of other simulators.</summary>
internal static class BenchCommand
{
    public const string Name = "bench";

    private const int FewestPeers = 10;
    private const int MostPeers = 10_000_000;
    private const int MostBroadcasts = 1_000_000;
    private const int MostSeconds = 3_600;

    public static Command Create(Terminal terminal) => new(Name, "Run a fixed workload and measure it.")
    {
        Flood(terminal), Heartbeat(terminal),
    };

    private static Command Flood(Terminal terminal)
    {
        Option<int> broadcasts = Number("--broadcasts", "Messages, from random peers in the first ten seconds.", 1000);
        return Workload(
            "flood", "Messages flooded through an overlay of quiet peers: deliveries a second.", broadcasts, terminal,
            parsed => InRange("--broadcasts", parsed.GetValue(broadcasts), 1, MostBroadcasts),
            (peers, messages, randomSeed, threads) => new FloodWorkload(peers, messages, randomSeed, threads),
            figures => new
            {
                deliveries = figures.Counted, figures.WallSeconds, figures.CpuSeconds,
                deliveriesPerSecond = Math.Round(figures.Counted / figures.WallSeconds), figures.PeakRssBytes,
                figures.BytesPerPeer, figures.Fingerprint,
            });
    }

    private static Command Heartbeat(Terminal terminal)
    {
        Option<int> seconds = Number("--seconds", "Simulated seconds.", 30);
        return Workload(
            "heartbeat", "Every peer pings every neighbor every second: events a second.", seconds, terminal,
            parsed => InRange("--seconds", parsed.GetValue(seconds), 1, MostSeconds),
            (peers, length, randomSeed, threads) => new HeartbeatWorkload(peers, length, randomSeed, threads),
            figures => new
            {
                events = figures.Counted, figures.WallSeconds, figures.CpuSeconds,
                eventsPerSecond = Math.Round(figures.Counted / figures.WallSeconds), figures.PeakRssBytes,
                figures.BytesPerPeer, figures.Fingerprint,
            });
    }

    private static Command Workload(
        string name, string description, Option<int> size, Terminal terminal, Func<ParseResult, int> sizeOf,
        Func<int, int, ulong, int, FixedWorkload> make, Func<WorkloadFigures, object> shown)
    {
        Option<int> peers = Number("--peers", "Peers in the overlay.", 1000);
        var randomSeed = new Option<long>("--random-seed")
        {
            Description = "The number from which all chance derives.", HelpName = "N", DefaultValueFactory = _ => 1,
        };
        Option<int> threads = Number("--threads", "Threads that share the work; the fingerprint is the same.", 1);
        Option<bool> json = JsonOption.Create("Print the figures as JSON.");
        var command = new Command(name, description) { peers, size, randomSeed, threads, json };
        command.SetAction(parsed =>
        {
            int population = InRange("--peers", parsed.GetValue(peers), FewestPeers, MostPeers);
            long seed = parsed.GetValue(randomSeed);
            if (seed < 0 || seed > (long)Scenario.LargestRandomSeed)
                throw new UsageException(
                    $"--random-seed: found {seed}, allowed is a whole number from 0 to {Scenario.LargestRandomSeed}");
            int workers = InRange("--threads", parsed.GetValue(threads), 1, 64);
            int asked = sizeOf(parsed);
            WarmUp(make, workers);
            object figures = shown(make(population, asked, (ulong)seed, workers).Run());
            if (parsed.GetValue(json))
                JsonOption.WriteLine(terminal, figures);
            else
                foreach (var property in figures.GetType().GetProperties())
                    terminal.Output.WriteLine($"{property.Name,-22}{property.GetValue(figures)}");
        });
        return command;
    }

    /// <summary>The runtime compiles what runs often a second time, better: that is no part of the workload.</summary>
    private static void WarmUp(Func<int, int, ulong, int, FixedWorkload> make, int threads)
    {
        for (var round = 0; round < 6; round++)
        {
            make(2000, 40, 1, threads).Run();
            Thread.Sleep(120);
        }
    }

    private static Option<int> Number(string name, string description, int standard) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => standard,
    };

    private static int InRange(string option, int value, int smallest, int largest) =>
        value >= smallest && value <= largest
            ? value
            : throw new UsageException(
                $"{option}: found {value}, allowed is a whole number from {smallest} to {largest:N0}");
}
