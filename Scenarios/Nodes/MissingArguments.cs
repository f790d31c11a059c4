using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Asks for what was not typed, as documents 001 and 004 do, when somebody is there to answer.</summary>
internal sealed class MissingArguments(HostedRole role, string directory, TextReader? answers, TextWriter questions)
{
    private const int Patience = 3;

    /// <summary>The arguments with a port and a file, and what the file says.</summary>
    /// <exception cref="UsageException">Something is missing, and nobody answers.</exception>
    public (NodeArguments Arguments, NetworkFile File) Complete(NodeArguments arguments)
    {
        NetworkFile file = arguments.Config is { } config
            ? Read(config)
            : UsualFile() ?? Ask("File with the seed nodes: ", Read)
                ?? throw new UsageException(
                    $"{NodePlace.WordOf(role)}: which seed nodes? Say --config FILE with a line host:port for each"
                    + $" (looked for {string.Join(", ", NetworkFileReader.UsualNames)} here)");
        if (arguments.Port is not null) return (arguments, file);
        ushort port = Ask("Port: ", text => NetworkFileReader.ReadPort(text, "port"));
        return (port > 0 ? arguments with { Port = port } : arguments, file);
    }

    private NetworkFile? UsualFile() => NetworkFileReader.UsualNames
        .Where(name => File.Exists(Path.Combine(directory, name))).Select(Read).FirstOrDefault();

    private NetworkFile Read(string path) => NetworkFileReader.Read(Path.GetFullPath(path, directory), path);

    private T? Ask<T>(string question, Func<string, T> read)
    {
        for (int time = 1; answers is not null; time++)
        {
            questions.Write(question);
            questions.Flush();
            if (answers.ReadLine()?.Trim() is not { } answer) break;
            try
            {
                return read(answer);
            }
            catch (UsageException wrong) when (time < Patience)
            {
                questions.WriteLine(wrong.Message);
            }
        }

        return default;
    }
}
