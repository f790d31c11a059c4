using System.Globalization;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The scenario of a fork: the run's own, with strikes spared and faults added behind all others. Every fault keeps its
/// name, and so its stream of chance; what is spared still draws. So nothing but what was asked for changes.
/// </summary>
internal sealed class ForkScenario(StoredEvents log, ScenarioLibrary library)
{
    private const string Origin = "fork";

    /// <param name="file">The run's scenario with every default.</param>
    /// <exception cref="UsageException">An edit that makes no sense in this run, or at this moment.</exception>
    /// <exception cref="ScenarioException">What comes out is no scenario.</exception>
    public LoadedScenario Of(string file, ForkRequest request)
    {
        if (request.Edits.Count == 0) throw new UsageException("a fork without a change is the same run");
        if (request.At < TimeSpan.Zero)
            throw new UsageException("the network is still forming then; a fork begins at scenario time 0 or later");
        var original = new ScenarioLoader(library).Load(file, []);
        var faults = original.Scenario.Faults.ToList();
        foreach (var edit in request.Edits)
        {
            if (edit.Deed == ForkDeed.Spare) Spare(faults, edit, request.At);
            else faults.Add(Added(faults, edit, request.At));
        }

        var changed = JsonSerializer.Serialize<IReadOnlyList<ScheduledFault>>(faults, ScenarioJson.Options);
        // What the scenario expects is expected of the run as it was.
        var loaded = new ScenarioLoader(library).Load(
            file, [Setting.Of(Origin, "faults", changed), Setting.Of(Origin, "expectations", "[]")]);
        return loaded with { SourceText = loaded.EffectiveText };
    }

    private void Spare(List<ScheduledFault> faults, ForkEdit edit, TimeSpan at)
    {
        var place = edit.Seq is { } seq ? log.PlaceOfSeq(seq) : log.Count;
        if (place >= log.Count || log[place].Seq != edit.Seq || log[place].Kind != (byte)EventKind.FaultStruck)
            throw new UsageException($"event {edit.Seq} is no strike of a fault");
        var strike = log.StrikeOf(log[place]);
        var struckAt = log.SinceStart(log[place].Microseconds);
        if (struckAt < at)
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{strike.FaultId} struck at {struckAt.TotalSeconds} s, before the fork at {at.TotalSeconds} s; "
                + $"fork at its strike or earlier"));
        var index = faults.FindIndex(fault => fault.Id == strike.FaultId);
        if (index < 0) throw new UsageException($"the scenario has no fault {strike.FaultId}");
        var fault = faults[index];
        if (edit.Node is { } node && !strike.Groups.Any(group => group.Any(struck => struck.ToString() == node)))
            throw new UsageException($"{strike.FaultId} does not strike {node}");
        var spared = new SparedStrike { Strike = NumberOf(fault, place), Address = edit.Node };
        faults[index] = fault with { Spares = [.. fault.Spares ?? [], spared] };
    }

    /// <summary>Which strike of its fault it is; those that the run itself spared are not in its log.</summary>
    private int NumberOf(ScheduledFault fault, int place)
    {
        var told = 0;
        for (var earlier = 0; earlier <= place; earlier++)
        {
            var e = log[earlier];
            if (e.Kind == (byte)EventKind.FaultStruck && log.StrikeOf(e).FaultId == fault.Id) told++;
        }

        var number = 0;
        while (told > 0)
        {
            number++;
            if (fault.Spares?.Any(spared => spared.Strike == number && spared.Address is null) != true) told--;
        }

        return number;
    }

    private ScheduledFault Added(List<ScheduledFault> faults, ForkEdit edit, TimeSpan at)
    {
        if (edit.Node is not { } node || log.Nodes.Find(node) < 0)
            throw new UsageException($"there is no node {edit.Node ?? "without a name"} in this run");
        var target = new NodeSelector { Address = node };
        var number = 1;
        while (faults.Any(fault => fault.Id == NameOf(number))) number++;
        ScheduledFault added = edit.Deed switch
        {
            ForkDeed.Crash => new ScheduledCrash { Target = target },
            ForkDeed.Pause => new ScheduledPause { Target = target },
            ForkDeed.CutOff => new ScheduledPartition
            {
                Groups = [PartitionGroup.Of([target]), PartitionGroup.Rest],
            },
            _ => throw new InvalidOperationException($"{edit.Deed} adds nothing"),
        };
        return added with
        {
            Id = NameOf(number), AtSeconds = at.TotalSeconds, DurationSeconds = edit.DurationSeconds,
        };
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Origin}-{number}");
}
