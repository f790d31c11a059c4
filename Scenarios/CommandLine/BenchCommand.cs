using System.CommandLine;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Workloads;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>bench</c>: the fixed workloads, whose figures can be compared with those of other simulators.</summary>
internal static class BenchCommand
{
    public const string Name = "bench";

    public const string FloodName = "flood";

    public const string HeartbeatName = "heartbeat";

    private const int FewestPeers = 10;
    private const int MostPeers = 10_000_000;
    private const int MostBroadcasts = 1_000_000;
    private const int MostSeconds = 3_600;

    private const int FewestWarmUpPeers = 1_000;
    private const int MostWarmUpPeers = 2_000;

    public static Command Create(Terminal terminal) => new(Name, "Run a fixed workload and measure it.")
    {
        Flood(terminal), Heartbeat(terminal),
    };

    /// <param name="Size">How much is to be done, from 1 to the most.</param>
    /// <param name="WarmUpSize">With so much all happens that happens in larger ones: crowds at hubs, for one.</param>
    /// <param name="Counted">What its figures count, for people.</param>
    private sealed record Offer(
        string Name, string Description, Option<long> Size, int Most, int WarmUpSize, string Counted);

    private static Command Flood(Terminal terminal) => Workload(
        new Offer(
            FloodName, "Messages flooded through an overlay of quiet peers: deliveries a second.",
            Number("--broadcasts", "Messages, from random peers in the first ten seconds.", 1000), MostBroadcasts,
            WarmUpSize: 200, "Deliveries"),
        (peers, broadcasts, randomSeed, threads) => new FloodWorkload(peers, broadcasts, randomSeed, threads),
        figures => new
        {
            deliveries = figures.Counted, figures.WallSeconds, figures.CpuSeconds,
            deliveriesPerSecond = figures.CountedPerSecond, figures.PeakRssBytes, figures.BytesPerPeer,
            figures.Fingerprint,
        },
        terminal);

    private static Command Heartbeat(Terminal terminal) => Workload(
        new Offer(
            HeartbeatName, "Every peer pings every neighbor every second: events a second.",
            Number("--seconds", "Simulated seconds.", 30), MostSeconds,
            WarmUpSize: 40, "Events"),
        (peers, seconds, randomSeed, threads) => new HeartbeatWorkload(peers, seconds, randomSeed, threads),
        figures => new
        {
            events = figures.Counted, figures.WallSeconds, figures.CpuSeconds,
            eventsPerSecond = figures.CountedPerSecond, figures.PeakRssBytes, figures.BytesPerPeer,
            figures.Fingerprint,
        },
        terminal);

    private static Command Workload(
        Offer offer, Func<int, int, ulong, int, FixedWorkload> make, Func<WorkloadFigures, object> shown,
        Terminal terminal)
    {
        Option<long> peers = Number("--peers", "Peers in the overlay.", 1000);
        Option<long> randomSeed = Number("--random-seed", "The number from which all chance derives.", 1);
        Option<long> threads = Number("--threads", "Threads that share the work; the fingerprint is the same.", 1);
        Option<bool> json = JsonOption.Create("Print the figures as JSON.");
        var command = new Command(offer.Name, offer.Description) { peers, offer.Size, randomSeed, threads, json };
        command.SetAction(parsed =>
        {
            int population = InRange(peers.Name, parsed.GetValue(peers), FewestPeers, MostPeers);
            long seed = parsed.GetValue(randomSeed);
            if (seed < 0 || seed > (long)Scenario.LargestRandomSeed)
                throw new UsageException(
                    $"--random-seed: found {seed}, allowed is a whole number from 0 to {Scenario.LargestRandomSeed}");
            int workers = InRange(threads.Name, parsed.GetValue(threads), 1, SimulatedNetworkOptions.MostThreads);
            int size = InRange(offer.Size.Name, parsed.GetValue(offer.Size), 1, offer.Most);
            terminal.MessagesOf(parsed.GetValue(json)).WriteLine(
                $"{offer.Name}: {Numbers.Plural(population, "peer")}, {Numbers.Plural(size, offer.Size.Name[2..^1])}, "
                + $"random seed {seed}, {Numbers.Plural(workers, "thread")}; the runtime warms up first");
            WarmUp(() => make(WarmUpPeers(population), offer.WarmUpSize, 1, workers));
            WorkloadFigures figures = make(population, size, (ulong)seed, workers).Run();
            if (parsed.GetValue(json))
                JsonOption.WriteLine(terminal, shown(figures));
            else
                Draw(figures, offer.Counted, terminal);
        });
        return command;
    }

    private static void Draw(WorkloadFigures figures, string counted, Terminal terminal)
    {
        FittingTable table = FittingTable.OfFigures();
        table.AddRow(counted, Numbers.Count(figures.Counted));
        table.AddRow($"{counted} a second", Numbers.Count((long)figures.CountedPerSecond));
        table.AddRow("Wall time", Numbers.Milliseconds(1000 * figures.WallSeconds));
        table.AddRow("Processor time", Numbers.Milliseconds(1000 * figures.CpuSeconds));
        table.AddRow("Peak memory", Numbers.Bytes(figures.PeakRssBytes));
        table.AddRow("Peak memory a peer", Numbers.Bytes(figures.BytesPerPeer));
        table.AddRow("Fingerprint", figures.Fingerprint);
        table.Write(terminal.Rich(terminal.Output));
    }

    /// <summary>The runtime compiles what runs often a second time, better: that is no part of the workload.</summary>
    private static void WarmUp(Func<FixedWorkload> make)
    {
        for (var round = 0; round < 6; round++)
        {
            make().Run();
            Thread.Sleep(120);
        }
    }

    /// <summary>The engine hints at memory where there is much of it: what is measured does so, or does not.</summary>
    private static int WarmUpPeers(int population) => Math.Clamp(population, FewestWarmUpPeers, MostWarmUpPeers);

    private static Option<long> Number(string name, string description, int standard) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => standard,
    };

    private static int InRange(string option, long value, int smallest, int largest) =>
        value >= smallest && value <= largest
            ? (int)value
            : throw new UsageException(
                $"{option}: found {value}, allowed is a whole number from "
                + $"{Numbers.Count(smallest)} to {Numbers.Count(largest)}");
}
