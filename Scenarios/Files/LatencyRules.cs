namespace GossipSim.Scenarios.Files;

/// <summary>What the parameters of a latency model allow each other to be, once its file is read.</summary>
internal sealed class LatencyRules
{
    private const string Path = "network.latency";

    private readonly Scenario scenario;
    private readonly ProblemList problems;

    private LatencyRules(Scenario scenario, SourceObject tree) =>
        (this.scenario, problems) = (scenario, new ProblemList(tree));

    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, SourceObject tree)
    {
        var rules = new LatencyRules(scenario, tree);
        switch (scenario.Network.Latency)
        {
            case UniformLatencySettings uniform:
                rules.problems.Require(
                    uniform.FromMs <= uniform.ToMs, Path + ".fromMs",
                    $"found {uniform.FromMs}, allowed is at most toMs, {uniform.ToMs}");
                break;
            case EmpiricalLatencySettings empirical:
                rules.RequireOne(
                    "an empirical latency needs either samplesMs or file",
                    empirical.SamplesMs.Count > 0, empirical.File is not null);
                break;
            case MatrixLatencySettings matrix:
                rules.CheckMatrix(matrix);
                break;
            case GeoLatencySettings geo:
                rules.CheckGeo(geo);
                break;
        }

        return rules.problems.Found;
    }

    private void CheckMatrix(MatrixLatencySettings matrix)
    {
        if (!RequireOne("a matrix needs either latencyMs or file", matrix.LatencyMs.Count > 0, matrix.File is not null))
            return;

        int regions = matrix.Regions.Count;
        problems.Require(
            matrix.LatencyMs.Count == regions, Path + ".latencyMs",
            $"found {Counted(matrix.LatencyMs.Count, "row")}, allowed are {regions}, one for each of regions");
        for (int index = 0; index < matrix.LatencyMs.Count; index++)
        {
            int found = matrix.LatencyMs[index].Count;
            problems.Require(
                found == regions, $"{Path}.latencyMs[{index}]",
                $"found {(found == 1 ? "1 latency" : $"{found} latencies")}, allowed are {regions}, one for each of"
                + " regions");
        }

        CheckPlaces(matrix.Regions, "regions");
        CheckSeedNodes(matrix.SeedNodeRegions, matrix.Regions, "seedNodeRegions", "region");
    }

    private void CheckGeo(GeoLatencySettings geo)
    {
        bool isOne = RequireOne(
            "a geo latency needs one of places, file and uniformOnSphere",
            geo.Places.Count > 0, geo.File is not null, geo.UniformOnSphere);
        if (!isOne)
            return;

        if (!geo.UniformOnSphere)
            CheckPlaces(geo.Places, "places");
        CheckSeedNodes(geo.SeedNodePlaces, geo.Places, "seedNodePlaces", "place");
    }

    private bool RequireOne(string need, params bool[] given)
    {
        int count = given.Count(isGiven => isGiven);
        string found = count switch { 0 => "none", 2 when given.Length == 2 => "both", _ => $"{count}" };
        problems.Require(count == 1, Path, $"{need}, found {found}");
        return count == 1;
    }

    private void CheckPlaces(IReadOnlyList<WeightedPlace> places, string key)
    {
        var names = new HashSet<string>();
        for (int index = 0; index < places.Count; index++)
        {
            problems.Require(
                names.Add(places[index].Name), $"{Path}.{key}[{index}].name",
                $"found \"{places[index].Name}\", which another one has already");
        }

        problems.Require(
            places.Count == 0 || places.Any(place => place.Weight > 0), $"{Path}.{key}",
            "all weights are 0, so there is no place for a peer");
    }

    private void CheckSeedNodes(
        IReadOnlyList<string> named, IReadOnlyList<WeightedPlace> places, string key, string what)
    {
        problems.Require(
            named.Count <= scenario.SeedNodes.Count, $"{Path}.{key}",
            $"found {named.Count} names, allowed are at most seedNodes.count, {scenario.SeedNodes.Count}");
        List<string> known = [.. places.Select(place => place.Name)];
        for (int index = 0; index < named.Count; index++)
        {
            problems.Require(
                known.Contains(named[index]), $"{Path}.{key}[{index}]",
                $"found \"{named[index]}\", which is no {what}{Suggestion.DidYouMean(named[index], known)}");
        }
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
