namespace GossipSim.Scenarios.Files;

/// <summary>What the overlay's rule needs, and which keys mean nothing with it.</summary>
internal sealed class OverlayRules
{
    private readonly Scenario scenario;
    private readonly OverlaySettings overlay;
    private readonly ProblemList problems;
    private readonly string ruleWord;

    private OverlayRules(Scenario scenario, ProblemList problems)
    {
        (this.scenario, overlay, this.problems) = (scenario, scenario.Overlay, problems);
        ruleWord = ScenarioJson.WordOf(overlay.Rule);
    }

    public static void Check(Scenario scenario, ProblemList problems)
    {
        var rules = new OverlayRules(scenario, problems);
        rules.CheckKeysOfRules();
        rules.CheckNumbers();
        rules.CheckLists();
        rules.CheckLinks();
    }

    private void CheckKeysOfRules()
    {
        RequireRule(OverlayRuleName.ZipfRank, overlay.ZipfExponent is not null, "zipfExponent");
        RequireRule(OverlayRuleName.ZipfRank, overlay.ZipfRankBy is not null, "zipfRankBy");
        RequireRule(OverlayRuleName.SmallWorld, overlay.RewiringProbability is not null, "rewiringProbability");
        RequireRule(OverlayRuleName.FromFile, overlay.Links is not null, "links");
        RequireRule(OverlayRuleName.FromFile, overlay.File is not null, "file");
        problems.Require(
            overlay.MaxDegree is null || !(overlay.IsPlanned || overlay.Rule == OverlayRuleName.Complete),
            "overlay.maxDegree", $"found {overlay.MaxDegree}, but \"rule\": \"{ruleWord}\" itself says how many links");
    }

    private void RequireRule(OverlayRuleName rule, bool isThere, string key) => problems.Require(
        !isThere || overlay.Rule == rule, $"overlay.{key}",
        $"only counts with \"rule\": \"{ScenarioJson.WordOf(rule)}\", found \"{ruleWord}\"");

    private void CheckNumbers()
    {
        if (overlay.LinksPerJoin.Range is not { From: var from, To: var to })
        {
            problems.Require(
                overlay.Rule != OverlayRuleName.SmallWorld, "overlay.linksPerJoin",
                $"found {overlay.LinksPerJoin}, but in a small world all open the same number");
            problems.Require(
                overlay.MaxDegree is not { } limit || limit > scenario.AllPeers / 2, "overlay.maxDegree",
                $"found {overlay.MaxDegree}, allowed is more than half of the {scenario.AllPeers} peers");
            return;
        }

        problems.Require(
            from <= to, "overlay.linksPerJoin.from", $"found {from}, allowed is at most to, {to}");
        problems.Require(
            from == to || overlay.Rule != OverlayRuleName.SmallWorld, "overlay.linksPerJoin",
            $"found {overlay.LinksPerJoin}, but in a small world all open the same number");
        if (overlay.Rule is OverlayRuleName.TopHalf or OverlayRuleName.Complete || overlay.IsPlanned)
            return;
        problems.Require(
            overlay.Repair.MinDegree <= from, "overlay.repair.minDegree",
            $"found {overlay.Repair.MinDegree}, allowed is at most overlay.linksPerJoin, {overlay.LinksPerJoin}");

        // Each peer opens m links, so the mean degree is 2m: a smaller cap leaves joining peers without a place.
        problems.Require(
            overlay.MaxDegree is not { } most || most >= from + to, "overlay.maxDegree",
            from == to
                ? $"found {overlay.MaxDegree}, allowed is at least twice overlay.linksPerJoin, {2 * from}"
                : $"found {overlay.MaxDegree}, allowed is at least the mean degree, {from + to}");
    }

    /// <summary>Whoever links to all has to be told of all.</summary>
    private void CheckLists() => problems.Require(
        overlay.Rule != OverlayRuleName.Complete || scenario.AllPeers <= scenario.SeedNodes.PeerListLimit,
        "seedNodes.peerListLimit",
        $"found {scenario.SeedNodes.PeerListLimit}, allowed with \"rule\": \"complete\" is at least the number of"
        + $" peers, {scenario.AllPeers}");

    private void CheckLinks()
    {
        if (overlay.Rule != OverlayRuleName.FromFile)
            return;
        if (overlay.Links is not { } links)
        {
            problems.Require(false, "overlay.rule", "fromFile needs either links or file, found none");
            return;
        }

        var rules = new LinkRules(scenario.Peers.Count);
        for (int index = 0; index < links.Count; index++)
        {
            if (rules.ProblemWith(links[index]) is not { } problem)
                continue;
            problems.Require(false, $"overlay.links[{index}]", problem);
            return;
        }

        if (rules.ProblemWithAll() is { } missing)
            problems.Require(false, "overlay.links", missing);
    }
}
