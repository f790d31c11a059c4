using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Demo;

/// <summary>The demos that pages have open. A choice decides all that happens in one, so pages share them.</summary>
internal sealed class DemoShelf(ScenarioLibrary library)
{
    /// <summary>Our choice: of the largest one takes a few megabytes; one that was put away is made again.</summary>
    private const int Room = 8;

    private readonly List<DemoSession> sessions = [];
    private readonly Lock taking = new();

    public int Count => sessions.Count;

    public DemoSession Take(DemoChoice choice)
    {
        lock (taking)
        {
            var place = sessions.FindIndex(session => session.Choice == choice);
            var session = place < 0 ? new DemoSession(choice, library) : sessions[place];
            if (place >= 0) sessions.RemoveAt(place);
            sessions.Add(session);
            if (sessions.Count > Room) sessions.RemoveAt(0);
            return session;
        }
    }
}
