using System.Text.Json;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.Protocols;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// From the words under <c>protocol</c> to the class that they name and its own record of settings, checked like
/// every other key.
/// </summary>
internal static class ProtocolChoiceReader
{
    private const string Path = "protocol";

    /// <param name="tree">The file, whose contract was checked.</param>
    /// <param name="fullPath">Where a path lies that was written at some place.</param>
    public static ProtocolChoice Read(ProtocolChoice choice, SourceObject tree, Func<string, Origin, string> fullPath)
    {
        string? file = choice.Assembly is null
            ? null
            : fullPath(choice.Assembly, SourcePath.OriginOf(tree, $"{Path}.assembly"));
        OwnProtocol protocol;
        try
        {
            protocol = ProtocolShelf.Find(choice.Name, file);
        }
        catch (ProtocolShelf.NotFoundException missing)
        {
            string key = $"{Path}.{missing.Key}";
            throw new ScenarioException(SourcePath.OriginOf(tree, key), key, missing.Message);
        }

        object parameters = ReadParameters(tree, protocol.ParametersType);
        return choice with
        {
            Assembly = file,
            Parameters = JsonSerializer.SerializeToNode(parameters, protocol.ParametersType, ScenarioJson.Options)!
                .AsObject(),
            Chosen = new ChosenProtocol(protocol, parameters),
        };
    }

    private static object ReadParameters(SourceObject tree, Type type)
    {
        const string Key = $"{Path}.parameters";
        Origin origin = SourcePath.OriginOf(tree, Key);
        var written = SourcePath.Find(tree, Key) as SourceObject ?? new SourceObject(origin, []);
        try
        {
            IReadOnlyList<ScenarioProblem> problems = ContractChecker.Check(written, type, Key);
            return problems.Count == 0
                ? ScenarioJson.Read(written, type)
                : throw new ScenarioException(problems);
        }
        catch (Exception refused)
            when (refused is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Users write these records: what the serializer or a check of their own says is for them.
            throw new ScenarioException(origin, Key, refused.Message.ReplaceLineEndings(" "));
        }
    }
}
