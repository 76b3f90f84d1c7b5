"""Services of a site: free places with the age of the number, whom they take, when they are open."""
