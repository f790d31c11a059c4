using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Keeps of every fault of a scenario whether it came and struck anybody.</summary>
internal sealed class FaultAccounts(Scenario scenario)
{
    private readonly Dictionary<string, Account> accounts = [];

    /// <summary>A fault came due.</summary>
    /// <param name="whyNobody">Why it reached no node; null when it reached one.</param>
    public void Strike(ScheduledFault fault, string? whyNobody)
    {
        var account = Of(fault);
        account.Strikes++;
        account.WhyNobody = whyNobody ?? account.WhyNobody;
        account.HasStruck |= whyNobody is null;
    }

    /// <summary>An event came that the fault waits for.</summary>
    public void Heard(ScheduledFault fault) => Of(fault).Heard++;

    /// <summary>All that the fault waits for came, too late to strike.</summary>
    public void CameTooLate(ScheduledFault fault) => Of(fault).IsTooLate = true;

    public void VictimMissing(ScheduledFault fault) => Of(fault).HasNoVictim = true;

    /// <param name="which">A group in words.</param>
    public void GroupEmpty(ScheduledFault fault, string which) => Of(fault).EmptyGroup = which;

    /// <param name="world">The run at its end.</param>
    /// <param name="arrivals">The peers that faults bring in.</param>
    public IEnumerable<RunWarning> Warnings(RunRecord world, Arrivals arrivals) =>
        scenario.Faults.SelectMany(fault => Warnings(fault, Of(fault), world, arrivals));

    private Account Of(ScheduledFault fault)
    {
        if (!accounts.TryGetValue(fault.Id, out var account)) accounts[fault.Id] = account = new Account();
        return account;
    }

    private IEnumerable<RunWarning> Warnings(
        ScheduledFault fault, Account account, RunRecord world, Arrivals arrivals)
    {
        if (account.Strikes == 0)
        {
            yield return Warning(WarningKind.FaultNeverCame, $"never came: {WhyNever(fault, account)}");
            yield break;
        }

        if (!account.HasStruck)
        {
            var often = account.Strikes == 1 ? "" : $" in {Numbers.Count(account.Strikes)} strikes";
            yield return Warning(WarningKind.FaultStruckNobody, $"struck nobody{often}: {account.WhyNobody}");
            yield break;
        }

        if (account.EmptyGroup is { } group)
            yield return Warning(WarningKind.PartitionGroupEmpty, $"had an empty side: {group}");
        if (account.HasNoVictim)
        {
            yield return Warning(
                WarningKind.VictimNotFound, "found no victim of its selector: each liar chose one itself");
        }

        if (fault is ScheduledJoin or ScheduledSybil && Missing(arrivals.Of(fault), world) is { } missing)
            yield return Warning(WarningKind.JoinersMissing, missing);

        RunWarning Warning(string kind, string what) => new(kind, fault.Id, $"{ScenarioWarnings.Named(fault)} {what}");
    }

    private string WhyNever(ScheduledFault fault, Account account)
    {
        var end = ScenarioWarnings.MeasuredUntil(scenario);
        if (fault.AfterEvent is not { } trigger)
            return string.Create(CultureInfo.InvariantCulture, $"the run ended before {fault.AtSeconds} s");
        var word = ScenarioJson.WordOf(trigger.Event);
        if (account.IsTooLate)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"after {word} it would have struck later than the end of measurement at {end} s");
        }

        var since = fault.AtSeconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $" from {fault.AtSeconds} s on") : "";
        return account.Heard == 0
            ? $"it waits for {word}, which did not happen{since}"
            : $"it waits for {word} number {trigger.Occurrence}, and only {account.Heard} happened{since}";
    }

    private static string? Missing(NodeAddress[] joiners, RunRecord world)
    {
        var nodes = joiners.Select(world.Nodes.Find).ToList();
        var unstarted = nodes.Count(node => node is not { EverStarted: true });
        var isOwn = world.Facts.Protocol is not null;
        var outside = isOwn ? 0 : nodes.Count(node => node is { EverStarted: true, EverJoined: false });
        if (unstarted + outside == 0) return null;
        var reasons = new List<string>();
        if (unstarted > 0) reasons.Add($"{Numbers.Count(unstarted)} had not started when the run ended");
        if (outside > 0) reasons.Add($"{Numbers.Count(outside)} never got a link");
        return $"brings {Numbers.Plural(joiners.Length, "peer")}, and {string.Join(", ", reasons)}";
    }

    private sealed class Account
    {
        public int Strikes { get; set; }

        public bool HasStruck { get; set; }

        public string? WhyNobody { get; set; }

        public long Heard { get; set; }

        public bool IsTooLate { get; set; }

        public bool HasNoVictim { get; set; }

        public string? EmptyGroup { get; set; }
    }
}
